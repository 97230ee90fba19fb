import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { DragShelf } from '../../../src/main/app/drag-shelf.ts'
import { compose, type Ferrite } from '../../../src/main/compose.ts'
import { takeOutHandlers } from '../../../src/main/ipc/handlers/take-out-handlers.ts'
import type { ArchivePlace } from '../../../src/shared/model/place.ts'
import type { JobResult } from '../../../src/shared/model/job.ts'
import type { TakeOutSizes } from '../../../src/shared/text/en/shell.ts'
import { buildTar } from '../../corpus/tar-bytes.ts'
import { buildZip, type RawEntry } from '../../corpus/zip-bytes.ts'
import { failureOf } from '../archives/outcomes.ts'
import { inlineParser } from '../inline-parser.ts'
import { deposit } from '../vault/support/samples.ts'

const { signal } = new AbortController()
const MiB = 1024 * 1024

/** What the person answers, and what they were asked. */
class Person {
  folder: string | undefined
  agrees = true
  names: 'rename' | 'skip' | undefined = 'skip'
  readonly asked: string[] = []
  readonly chooseEmptyFolder = async (): Promise<string | undefined> => await Promise.resolve(this.folder)
  readonly confirmTakeOut = async ({ files, totalBytes }: TakeOutSizes): Promise<boolean> => {
    this.asked.push(`${String(files)} files, ${String(totalBytes)} bytes`)
    return await Promise.resolve(this.agrees)
  }
  readonly askUnsafeNames = async (
    count: number,
    example: string,
  ): Promise<'rename' | 'skip' | undefined> => {
    this.asked.push(`${String(count)} names, ${example}`)
    return await Promise.resolve(this.names)
  }
}

async function plant(entries: readonly RawEntry[]) {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-take-out-'))
  onTestFinished(async () => rm(folder, { recursive: true, force: true }))
  const home = join(folder, 'home')
  const ferrite: Ferrite = await compose({
    home,
    logIncident: () => undefined,
    startParser: inlineParser(),
  })
  onTestFinished(async () => ferrite.close())
  const record = await deposit(ferrite.vault, buildZip(entries))
  const person = new Person()
  person.folder = join(folder, 'out')
  const drags = new DragShelf(home)
  const begun: (readonly string[])[] = []
  const handlers = takeOutHandlers(ferrite, {
    dialogs: person,
    drags,
    beginDrag: (files) => begun.push(files),
  })
  const place: ArchivePlace = { archiveId: record.id, inside: [] }
  /** Takes out as the window does, and gives what came of the job. */
  const takeOut = async (names?: readonly string[]): Promise<JobResult | undefined> => {
    const id = await handlers['browse.extract']({ place, ...(names && { entries: names }) }, signal)
    if (id === undefined) return undefined
    const { state } = await ferrite.jobs.wait(id)
    if (state.phase !== 'done') throw new Error(`it ended with ${JSON.stringify(state)}`)
    return state.result
  }
  return { ferrite, home, out: person.folder, person, drags, begun, handlers, place, record, takeOut }
}

const plain: readonly RawEntry[] = [
  { name: 'etc/hosts', content: 'hosts' },
  { name: 'etc/ssh/config', content: 'config' },
  { name: 'readme', content: 'read' },
]

test('what is plain is taken out without a question but the folder', async () => {
  const { takeOut, person, out } = await plant(plain)
  expect(await takeOut()).toEqual({ kind: 'folder', folderName: 'out', files: 3, skipped: 0, renamed: 0 })
  expect(await readFile(join(out, 'etc/ssh/config'), 'utf8')).toBe('config')
  expect(person.asked).toEqual([])
  person.folder = undefined
  expect(await takeOut()).toBeUndefined()
})

test('A35: more than 200 to 1 is taken out only after its real size was agreed to', async () => {
  const { takeOut, person, out, ferrite } = await plant([
    ...plain,
    { name: 'zeros', content: Buffer.alloc(4 * MiB) },
  ])
  person.agrees = false
  expect(await takeOut()).toBeUndefined()
  expect(person.asked).toEqual([`4 files, ${String(4 * MiB + 15)} bytes`])
  expect(ferrite.jobs.list()).toEqual([])
  await expect(readdir(out)).rejects.toThrow('ENOENT')
  person.agrees = true
  expect(await takeOut()).toMatchObject({ files: 4 })
  person.folder = `${out}-2`
  expect(await takeOut(['readme'])).toMatchObject({ files: 1 })
  expect(person.asked).toHaveLength(2)
})

test('A09, A10, A15: unsafe names are asked about, and only what was answered is done', async () => {
  const unsafe = [
    { name: 'CON', content: 'x' },
    { name: 'a.txt.', content: 'y' },
    { name: 'tab\there', content: 'z' },
  ]
  const { takeOut, person, out } = await plant([...plain, ...unsafe])
  person.names = undefined
  expect(await takeOut()).toBeUndefined()
  person.names = 'skip'
  expect(await takeOut()).toMatchObject({ files: 3, skipped: 3, renamed: 0 })
  person.names = 'rename'
  person.folder = `${out}-2`
  expect(await takeOut()).toMatchObject({ files: 6, skipped: 0, renamed: 3 })
  expect((await readdir(person.folder)).sort()).toEqual(['_CON', 'a.txt_', 'etc', 'readme', 'tab_here'])
  expect(person.asked).toEqual(['3 names, CON', '3 names, CON', '3 names, CON'])
  person.folder = `${out}-3`
  await takeOut(['tab\there'])
  expect(person.asked.at(-1)).toBe('1 names, tab␉here')
})

test('what is dragged are copies under safe names in a private folder, gone with the next start', async () => {
  const { handlers, place, drags, begun, home } = await plant([...plain, { name: 'CON', content: 'x' }])
  const entries = ['etc', 'etc/ssh/config', 'CON']
  const id = await handlers['browse.drag']({ place, entries }, signal)
  expect(begun).toEqual([])
  await handlers['drag.begin']({ id }, signal)
  const [files = []] = begun
  expect(files.map((file) => file.slice(dirname(files[0] ?? '').length + 1))).toEqual(['etc', '_CON'])
  expect(await readFile(join(files[0]!, 'ssh/config'), 'utf8')).toBe('config')
  expect((await stat(dirname(files[0]!))).mode & 0o777).toBe(0o700)
  expect((await stat(join(home, 'drag'))).mode & 0o777).toBe(0o700)
  expect(await handlers['browse.drag']({ place, entries }, signal)).toBe(id)
  await new DragShelf(home).wipe()
  expect(await readdir(home)).not.toContain('drag')
  await drags.wipe()
  expect(await failureOf(async () => handlers['drag.begin']({ id }, signal))).toMatchObject({
    code: 'not-found',
  })
})

test('an archive is dragged as a copy: the vault keeps its own file', async () => {
  const { handlers, begun, record, ferrite } = await plant(plain)
  const id = await handlers['archives.drag']({ archiveId: record.id }, signal)
  await handlers['drag.begin']({ id }, signal)
  const own = await ferrite.vault.contentPath(record.id)
  const [[copy = ''] = []] = begun
  expect(copy).not.toBe(own)
  await rm(copy)
  expect((await ferrite.vault.rehash(record.id, { signal })).matches).toBe(true)
})

test('too much, and what is never made, is not dragged, and nothing of it stays', async () => {
  const { handlers, home, ferrite } = await plant(plain)
  const tar = buildTar({ name: 'soft', type: '2', linkName: '/etc/passwd' }, { name: 'good', content: 'x' })
  const { id: archiveId } = await deposit(ferrite.vault, tar, { container: 'tar' })
  const link = async () =>
    handlers['browse.drag']({ place: { archiveId, inside: [] }, entries: ['soft'] }, signal)
  expect(await failureOf(link)).toMatchObject({ code: 'entry-refused', entry: 'soft', reason: 'link' })
  const zeros = Array.from({ length: 17 }, (_, at) => ({
    name: `big/${String(at)}`,
    content: Buffer.alloc(32 * MiB),
  }))
  const large = await deposit(ferrite.vault, buildZip(zeros))
  const drag = async () =>
    handlers['browse.drag']({ place: { archiveId: large.id, inside: [] }, entries: ['big'] }, signal)
  expect(await failureOf(drag)).toMatchObject({ code: 'drag-too-large' })
  expect(await readdir(join(home, 'drag'))).toEqual([])
})

test('what was taken out is written to the history, and what was not is not', async () => {
  const { ferrite, person, record, takeOut } = await plant(plain)
  await takeOut(['etc'])
  person.folder = undefined
  await takeOut()
  const entries = await ferrite.activity.list({ limit: 10 })
  expect(entries.filter(({ action }) => action === 'files-taken-out')).toEqual([
    expect.objectContaining({
      subject: record.device.name,
      facts: { archive: record.id, files: '2', bytes: '11', folder: 'out' },
    }),
  ])
})
