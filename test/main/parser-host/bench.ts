import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { forkParser } from '../../../src/main/parser-host/fork-parser.ts'
import { ParserClient, parserTiming, type ParserTiming } from '../../../src/main/parser-host/parser-client.ts'
import { builtParser } from '../../cli/built-cli.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'

/** Watches ten times as closely as the app does, so that a frozen process is noticed in half a second. */
export const quick: ParserTiming = { ...parserTiming, pingEveryMs: 100 }

/** A real parser process, and the handle to harm it by. */
export interface RealParser {
  readonly client: ParserClient
  readonly pid: number
}

/** Looking for it again takes main longer than the deaths it is to watch. */
let script: string | undefined

/** Starts the bundled process; it is ended with the test. */
export async function startParser(
  options: { readonly timing?: ParserTiming; readonly heapMiB?: number } = {},
): Promise<RealParser> {
  script ??= await builtParser()
  const built = script
  let pid: number | undefined
  const client = new ParserClient(() => {
    const port = forkParser(built, options.heapMiB)
    pid = port.pid
    return port
  }, options.timing ?? parserTiming)
  onTestFinished(() => {
    client.close()
  })
  if (pid === undefined) throw new Error('The parser process was not started.')
  return { client, pid }
}

interface StoredZip {
  readonly file: string
  /** Whether its bytes are still the same. */
  readonly isUnchanged: () => Promise<boolean>
}

/** A zip of many small files on the disk, removed with the test. */
export async function manyEntries(count: number): Promise<StoredZip> {
  return await zipOf(
    Array.from({ length: count }, (_, index) => ({
      name: `f/entry-${String(index)}.txt`,
      content: `content of ${String(index)}`,
    })),
  )
}

/** A zip on the disk, removed with the test. */
export async function zipOf(entries: Parameters<typeof buildZip>[0]): Promise<StoredZip> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-parser-'))
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true })
  })
  const file = join(folder, 'many.zip')
  await writeFile(file, buildZip(entries))
  const hash = async (): Promise<string> =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
  const before = await hash()
  return { file, isUnchanged: async () => (await hash()) === before }
}

/** A signal nobody fires. */
export const never = new AbortController().signal
