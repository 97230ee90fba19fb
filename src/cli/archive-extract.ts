import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { archivePlaceSchema, maxNesting, type ArchivePlace } from '../shared/model/place.ts'
import { FailureError } from '../shared/failure.ts'
import { escapeUntrusted } from '../shared/text/escape.ts'
import { takeOutResult } from '../main/browsing/take-out.ts'
import type { Extraction } from '../main/archives/extract.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { collect } from './facts.ts'
import { isReaderGone } from './output.ts'
import {
  archivePassword,
  followJob,
  type CliSession,
  type CommonOptions,
  type RunCommand,
} from './session.ts'

interface InsideOptions extends CommonOptions {
  readonly inside: readonly string[]
}
interface ExtractOptions extends InsideOptions {
  readonly to: string
  readonly renameUnsafe?: boolean
}

const insideHelp = 'go into an archive that lies in it; again for one that lies in that'

/** `archive cat|extract`: what is inside, on standard output or in a folder. */
export function addExtractCommands(archive: Command, run: RunCommand): void {
  archive
    .command('cat <archive> <entry>')
    .description('the bytes of one file, on standard output')
    .option('--inside <path>', insideHelp, collect, [])
    .action(async (id: string, entry: string, options: InsideOptions) => {
      await run(options, async (session, { inside }) => await cat(session, { id, inside, entry }))
    })
  archive
    .command('extract <archive> [entry...]')
    .description('take files out into an empty folder')
    .requiredOption('--to <folder>', 'empty or new folder')
    .option('--inside <path>', insideHelp, collect, [])
    .option('--rename-unsafe', 'take names that are not safe on every system out under safe ones')
    .action(async (id: string, entries: readonly string[], options: ExtractOptions) => {
      await run(options, async (session, all) => await extract(session, { ...all, id, entries }))
    })
}

/**
 * The place of an archive, or of one that lies in it, opened with the password of the environment where there is one.
 * @throws FailureError `bad-input`, `not-found`, `archive-…`
 */
export async function openPlace(
  { ferrite, signal }: CliSession,
  id: string,
  inside: readonly string[],
): Promise<ArchivePlace> {
  const { id: archiveId } = await ferrite.vault.find(id)
  const place = archivePlaceSchema.safeParse({ archiveId, inside })
  if (!place.success) {
    const reason = `goes deeper than ${String(maxNesting)} archives`
    throw new FailureError({ code: 'bad-input', field: 'inside', reason })
  }
  const password = archivePassword()
  if (password !== undefined) await ferrite.browser.unlock(place.data, password, signal)
  return place.data
}

async function cat(
  session: CliSession,
  { id, inside, entry }: { readonly id: string; readonly inside: readonly string[]; readonly entry: string },
): Promise<ExitCode> {
  const { ferrite, signal } = session
  const place = await openPlace(session, id, inside)
  await ferrite.browser
    .with(place, signal, async (opened) => {
      await pipeline(opened.read(entry, { signal }), process.stdout, { end: false })
    })
    .catch((error: unknown) => {
      if (!isReaderGone(error)) throw error
    })
  return exitCodes.done
}

async function extract(
  session: CliSession,
  request: ExtractOptions & { readonly id: string; readonly entries: readonly string[] },
): Promise<ExitCode> {
  const { ferrite, output } = session
  const { id, inside, entries, to: folder, renameUnsafe = false } = request
  const place = await openPlace(session, id, inside)
  const wanted = { place, ...(entries.length > 0 && { entries }), folder, renameUnsafe }
  let extraction: Extraction | undefined
  const job = ferrite.jobs.start({
    kind: 'extract',
    subject: id,
    work: async (context) => {
      extraction = await ferrite.takeOut(wanted, context)
      return takeOutResult(extraction, folder)
    },
  })
  await followJob(session, job.id)
  output.result(extraction, () => (extraction === undefined ? '' : extractedText(extraction, folder)))
  return exitCodes.done
}

function extractedText(extraction: Extraction, folder: string): string {
  const { files, renamed, renamedCount, skipped, skippedCount } = extraction
  return [
    `${String(files)} files in ${folder}`,
    ...renamed.map(({ path, name }) => `renamed: ${escapeUntrusted(path)} -> ${name}`),
    ...more('renamed', renamedCount - renamed.length),
    ...skipped.map(({ path, reason }) => `not taken out: ${escapeUntrusted(path)} (${reason})`),
    ...more('not taken out', skippedCount - skipped.length),
  ].join('\n')
}

function more(what: string, count: number): readonly string[] {
  return count === 0 ? [] : [`${what}: ${String(count)} more`]
}
