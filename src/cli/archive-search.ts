import type { Command } from 'commander'
import { Option } from 'commander'
import type { SearchHit, SearchId, SearchQuery, SearchScope } from '../shared/model/search.ts'
import { searchQuerySchema } from '../shared/model/search.ts'
import { FailureError } from '../shared/failure.ts'
import { escapeUntrusted } from '../shared/text/escape.ts'
import { failureText } from '../shared/text/index.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import type { CliSession, CommonOptions, RunCommand } from './session.ts'

interface SearchOptions extends CommonOptions {
  readonly in: 'names' | 'contents'
  readonly matchCase?: boolean
  readonly device?: string
  readonly archive?: string
}

/** `archive search`: files that hold a text, told as they are found. */
export function addSearchCommand(archive: Command, run: RunCommand): void {
  archive
    .command('search <text>')
    .description('files that hold a text, in all archives; code 4 where nothing is found')
    .addOption(new Option('--in <where>', 'where to look').choices(['names', 'contents']).default('contents'))
    .option('--match-case', 'tell capital letters from small ones')
    .option('--device <device>', 'only in archives of this device')
    .option('--archive <archive>', 'only in this archive')
    .action(async (text: string, options: SearchOptions) => {
      await run(options, async (session, all) => await search(session, text, all))
    })
}

async function search(session: CliSession, text: string, options: SearchOptions): Promise<ExitCode> {
  const { ferrite, output, signal } = session
  const query = queryOf(text, options)
  const { id } = await ferrite.search.start(query, await scopeOf(session, options))
  const cancel = (): void => {
    ferrite.search.cancel(id)
  }
  signal.addEventListener('abort', cancel, { once: true })
  if (!output.json) await printHits(session, id)
  const state = await ferrite.search.ended(id)
  signal.throwIfAborted()
  const { hits, archivesDone, archivesTotal, archivesWithHits, bytesDone, isCapped, skipped } = state
  if (output.json) {
    const items = ferrite.search.hits(id, 0, hits)
    const archives = { searched: archivesDone, of: archivesTotal, withHits: archivesWithHits }
    output.result({ items, archives, bytesRead: bytesDone, isCapped, skipped }, () => '')
  } else {
    for (const { archiveId, inside, failure } of skipped) {
      const { cause } = failureText(failure, output.language)
      output.say(`not searched: ${placeText(archiveId, inside)}: ${cause} [${failure.code}]`)
    }
    if (isCapped) output.say(`There is more; these are the first ${String(hits)} files.`)
  }
  return hits > 0 ? exitCodes.done : exitCodes.different
}

function queryOf(text: string, options: SearchOptions): SearchQuery {
  const parsed = searchQuerySchema.safeParse({
    text,
    in: options.in,
    matchCase: options.matchCase ?? false,
  })
  if (parsed.success) return parsed.data
  throw new FailureError({ code: 'bad-input', field: 'text', reason: 'has to have 1 to 200 characters' })
}

async function scopeOf({ ferrite }: CliSession, { device, archive }: SearchOptions): Promise<SearchScope> {
  if (archive !== undefined) return { kind: 'archive', archiveId: (await ferrite.vault.find(archive)).id }
  if (device !== undefined) return { kind: 'device', deviceId: (await ferrite.inventory.find(device)).id }
  return { kind: 'vault' }
}

/** Prints hits as they come, up to the end of the search. */
async function printHits({ ferrite }: CliSession, id: SearchId): Promise<void> {
  let printed = 0
  for (let isRunning = true; isRunning;) {
    const changed = new Promise<void>((resolve) => {
      const stop = ferrite.search.onChange(() => {
        stop()
        resolve()
      })
    })
    isRunning = ferrite.search.state(id).phase === 'running'
    if (isRunning) await changed
    const hits = ferrite.search.hits(id, printed, Infinity)
    printed += hits.length
    if (hits.length > 0) process.stdout.write(hits.map((hit) => `${hitText(hit)}\n`).join(''))
  }
}

function hitText({ archiveId, inside, path, content }: SearchHit): string {
  const place = placeText(archiveId, [...inside, path])
  if (content === undefined) return place
  const { line, before, match, after } = content
  const where = line === undefined ? place : `${place}:${String(line)}`
  return `${where}: ${escapeUntrusted(`${before}${match}${after}`.trim())}`
}

function placeText(archiveId: string, way: readonly string[]): string {
  return [archiveId, ...way.map((path) => escapeUntrusted(path))].join('  ')
}
