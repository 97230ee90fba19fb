import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Opened } from '../../../src/main/parser-host/contracts/archive-calls.ts'
import type { ArchiveHandle } from '../../../src/main/parser-host/contracts/call.ts'
import type { FromParser } from '../../../src/main/parser-host/messages.ts'
import { serveCalls } from '../../../src/main/parser-host/serve-calls.ts'
import { buildTar } from '../../corpus/tar-bytes.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'

const MiB = 1024 * 1024
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inside-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** The loop of the parser process in this one; gives the answer of a call, or the code of its failure. */
function parser(): (name: string, input: unknown) => Promise<unknown> {
  const waiting = new Map<number, (message: FromParser) => void>()
  const take = serveCalls((message) => {
    if ('call' in message && message.kind !== 'progress') waiting.get(message.call)?.(message)
  })
  let last = 0
  return async (name, input) => {
    const call = (last += 1)
    const answer = await new Promise<FromParser>((resolve) => {
      waiting.set(call, resolve)
      take({ kind: 'call', call, name, input, window: 1000 })
    })
    if (answer.kind === 'answer') return answer.output
    if (answer.kind === 'failure') return answer.failure
    throw new Error(answer.kind === 'error' ? answer.text : answer.kind)
  }
}

async function stored(bytes: Buffer): Promise<string> {
  const file = join(folder, 'outer.zip')
  await writeFile(file, bytes)
  return file
}

const openIn = async (call: ReturnType<typeof parser>, file: string): Promise<ArchiveHandle> =>
  ((await call('open', { file, name: 'outer', mayBeOpaque: false })) as Opened).archive

describe('archives inside archives, in the parser process', () => {
  test('stay readable after the one around them was closed, and open others in them', async () => {
    const tar = buildTar({ name: 'deep', content: 'found' })
    const middle = buildZip([{ name: 'b.tar', content: tar, method: 8 }])
    const call = parser()
    const outer = await openIn(call, await stored(buildZip([{ name: 'a.zip', content: middle, method: 0 }])))
    const { archive } = (await call('openInside', { archive: outer, path: 'a.zip' })) as Opened
    await call('close', { archive: outer })
    expect(await call('openInside', { archive: outer, path: 'a.zip' })).toMatchObject({ code: 'not-found' })
    const inner = (await call('openInside', { archive, path: 'b.tar' })) as Opened
    await call('close', { archive })
    expect(await call('bytes', { archive: inner.archive, path: 'deep', offset: 0, length: 10 })).toEqual(
      Buffer.from('found'),
    )
    // The last one that is closed lets go of the file.
    await call('close', { archive: inner.archive })
  })

  test('A38: share 256 MiB in all, which are free again when they are closed', async () => {
    const zeros = buildTar({ name: 'zeros', content: Buffer.alloc(100 * MiB) })
    const call = parser()
    const outer = await openIn(call, await stored(buildZip([{ name: 'a.tar', content: zeros, method: 8 }])))
    const open = async (): Promise<unknown> => call('openInside', { archive: outer, path: 'a.tar' })
    const first = (await open()) as Opened
    const second = (await open()) as Opened
    expect(await open()).toMatchObject({ code: 'archive-nested-too-large' })
    await call('close', { archive: first.archive })
    const third = (await open()) as Opened
    expect(third).toMatchObject({ container: 'tar' })
    for (const archive of [second.archive, third.archive, outer]) await call('close', { archive })
  })
})
