import type { Command } from 'commander'
import { familyIdSchema } from '../shared/model/family-id.ts'
import { FailureError, type Failure } from '../shared/failure.ts'
import type { TreeRow } from '../shared/model/entry.ts'
import type { ArchiveId, ArchiveRecord } from '../shared/model/record.ts'
import { formatSize, formatTime } from '../shared/text/format.ts'
import { wordsIn } from '../shared/text/index.ts'
import { verdictWord } from '../shared/text/verdict-text.ts'
import { placeOf } from '../main/browsing/browse.ts'
import { checkAnswers } from '../main/devices/stated-answers.ts'
import { addCompareCommand } from './archive-compare.ts'
import { addExtractCommands } from './archive-extract.ts'
import { addHistoryCommand } from './archive-history.ts'
import { addInsideCommand } from './archive-inside.ts'
import { addShowCommand } from './archive-show.ts'
import { addRefusedCommands } from './archive-refused.ts'
import { addSearchCommand } from './archive-search.ts'
import { addStateCommand } from './archive-state.ts'
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts'
import { collect, readFacts } from './facts.ts'
import { addKeyCommands } from './key.ts'
import { table, type Output } from './output.ts'
import { followJob, type CliSession, type CommonOptions, type RunCommand } from './session.ts'

const rowsOfPage = 10_000

interface ListOptions extends CommonOptions {
  readonly device?: string
}
interface ToOptions extends CommonOptions {
  readonly to: string
}
interface VerifyOptions extends CommonOptions {
  readonly all?: boolean
}
interface ImportOptions extends CommonOptions {
  readonly family?: string
  readonly device?: string
  readonly fact: readonly string[]
}

/** `archive list|show|tree|cat|extract|inside|compare|search|history|verify|import|state|refused|key|export`: everything works without a device. */
export function addArchiveCommands(program: Command, run: RunCommand): void {
  const archive = program.command('archive').description('the vault and what is inside its archives')
  archive
    .command('list')
    .description('all archives, the newest first')
    .option('--device <device>', 'only of this device')
    .action(async (options: ListOptions) => {
      await run(options, async (session, all) => await listArchives(session, all))
    })
  addShowCommand(archive, run)
  archive
    .command('tree <archive> [path]')
    .description('one folder of an archive')
    .action(async (id: string, path: string | undefined, options: CommonOptions) => {
      await run(options, async (session) => await showTree(session, id, path ?? ''))
    })
  addExtractCommands(archive, run)
  addInsideCommand(archive, run)
  addCompareCommand(archive, run)
  addSearchCommand(archive, run)
  addHistoryCommand(archive, run)
  archive
    .command('verify [archive...]')
    .description('read every byte again and compare the hash')
    .option('--all', 'every archive of the vault')
    .action(async (ids: readonly string[], options: VerifyOptions) => {
      await run(options, async (session, all) => await verify(session, ids, all.all ?? false))
    })
  archive
    .command('import <file...>')
    .description('take files that were made elsewhere into the vault')
    .option('--family <id>', 'the kind of device that made them')
    .option('--device <device>', 'the device they came from')
    .option('--fact <k=v>', 'what you know of the source (again for more)', collect, [])
    .action(async (files: readonly string[], options: ImportOptions) => {
      await run(options, async (session, all) => await importFiles(session, files, all))
    })
  addStateCommand(archive, run)
  addRefusedCommands(archive, run)
  addKeyCommands(archive, run)
  archive
    .command('export <archive>')
    .description('copy the file of an archive, bit for bit')
    .requiredOption('--to <file>', 'a file that does not exist yet')
    .action(async (id: string, options: ToOptions) => {
      await run(options, async ({ ferrite, output, signal }, { to }) => {
        const record = await ferrite.vault.find(id)
        await ferrite.vault.exportTo(record.id, to, { signal })
        const facts = { archive: record.id, file: to }
        await ferrite.activity.append({ action: 'archive-exported', subject: record.device.name, facts })
        output.result(
          { archive: record.id, sha256: record.sha256, file: to },
          () => `${to}\nsha256 ${record.sha256}`,
        )
        return exitCodes.done
      })
    })
}

async function listArchives({ ferrite, output }: CliSession, { device }: ListOptions): Promise<ExitCode> {
  const wanted = device === undefined ? undefined : (await ferrite.inventory.find(device)).id
  const { records, damaged } = await ferrite.vault.list()
  const items = wanted === undefined ? records : records.filter(({ device: { id } }) => id === wanted)
  output.result({ items, ...(damaged.length > 0 && { damaged }) }, () => listText(items, output))
  if (damaged.length === 0) return exitCodes.done
  if (!output.json) for (const { failure } of damaged) output.failure(failure)
  return exitCodes.different
}

function listText(records: readonly ArchiveRecord[], { language }: Output): string {
  if (records.length === 0) return 'No archives yet. Make one: ferrite backup <device>'
  const words = wordsIn(language)
  return table([
    ['TAKEN', 'DEVICE', 'SIZE', 'KIND', 'VERDICT', 'ID'],
    ...records.map(({ takenAt, device, sizeBytes, origin, verdict, id }) => [
      formatTime(takenAt, language).local,
      device.name,
      formatSize(sizeBytes, language),
      words.origin[origin],
      verdictWord(verdict, language),
      id,
    ]),
  ])
}

async function showTree(session: CliSession, id: string, path: string): Promise<ExitCode> {
  const { ferrite, output } = session
  const record = await ferrite.vault.find(id)
  const items = await readFolder(session, record.id, path)
  output.result({ items }, () =>
    table(
      items.map(({ name, kind, sizeBytes, modifiedAt }) => [
        kind === 'folder' ? `${name}/` : name,
        formatSize(sizeBytes, output.language),
        modifiedAt === undefined ? '' : formatTime(modifiedAt, output.language).local,
      ]),
    ),
  )
  return exitCodes.done
}

/** A level page by page: a million rows are too much for one answer. */
async function readFolder(
  { ferrite, signal }: CliSession,
  id: ArchiveId,
  path: string,
): Promise<readonly TreeRow[]> {
  const rows: TreeRow[] = []
  for (;;) {
    const page = { path, from: rows.length, count: rowsOfPage }
    const { total, rows: more } = await ferrite.browser.folder(placeOf(id), page, signal)
    rows.push(...more)
    if (more.length === 0 || rows.length >= total) return rows
  }
}

async function verify(session: CliSession, ids: readonly string[], all: boolean): Promise<ExitCode> {
  const { ferrite, output } = session
  if (!all && ids.length === 0)
    throw new FailureError({ code: 'bad-input', field: 'archive', reason: 'is missing' })
  const listing = all ? await ferrite.vault.list() : undefined
  const records = listing?.records ?? (await Promise.all(ids.map((id) => ferrite.vault.find(id))))
  const items: { readonly archive: string; readonly whole: boolean; readonly failure?: Failure }[] = []
  for (const record of records) {
    const job = ferrite.jobs.start({
      kind: 'verify',
      subject: record.device.name,
      work: ferrite.verify(record),
    })
    const failure = await followJob(session, job.id).then(
      () => undefined,
      (error: unknown) => ferrite.toFailure(error),
    )
    if (failure?.code === 'cancelled') throw new FailureError(failure)
    items.push({ archive: record.id, whole: failure === undefined, ...(failure && { failure }) })
  }
  const damaged = listing?.damaged ?? []
  output.result({ items, ...(damaged.length > 0 && { damaged }) }, () =>
    items.map(({ archive, whole }) => `${whole ? 'whole  ' : 'DAMAGED'} ${archive}`).join('\n'),
  )
  const failures = [
    ...items.flatMap(({ failure }) => failure ?? []),
    ...damaged.map(({ failure }) => failure),
  ]
  if (!output.json) for (const failure of failures) output.failure(failure)
  return failures.length === 0 ? exitCodes.done : exitCodes.different
}

async function importFiles(
  session: CliSession,
  files: readonly string[],
  options: ImportOptions,
): Promise<ExitCode> {
  const { ferrite, output } = session
  const family = options.family === undefined ? undefined : familyIdSchema.safeParse(options.family)
  if (family?.success === false) {
    throw new FailureError({
      code: 'bad-input',
      field: 'family',
      reason: `“${options.family ?? ''}” is not known`,
    })
  }
  const device = options.device === undefined ? undefined : await ferrite.inventory.find(options.device)
  const facts = readFacts(options.fact)
  const ofFamily = device?.family ?? family?.data
  if (ofFamily !== undefined) checkAnswers(ofFamily, 'archive', facts)
  const items: ArchiveRecord[] = []
  const failures: Failure[] = []
  for (const file of files) {
    const request = { file, ...(family && { family: family.data }), ...(device && { device }) }
    const job = ferrite.jobs.start({
      kind: 'import',
      subject: file,
      work: async (context) => ({
        kind: 'archive',
        archiveId: (await ferrite.importArchive(request, context)).id,
      }),
    })
    const result = await followJob(session, job.id).catch((error: unknown) => {
      const failure = ferrite.toFailure(error)
      if (files.length === 1 || failure.code === 'cancelled') throw error
      failures.push(failure)
      return undefined
    })
    if (result?.kind !== 'archive') continue
    if (options.fact.length > 0) await ferrite.stateFacts(result.archiveId, facts)
    items.push(await ferrite.vault.read(result.archiveId))
  }
  const [first] = failures
  output.result(files.length === 1 ? items[0] : { items, ...(first && { failures }) }, () =>
    items.map(({ id }) => id).join('\n'),
  )
  if (!first) return exitCodes.done
  if (!output.json) for (const failure of failures) output.failure(failure)
  return exitCodeOf(first.code)
}
