import type { Command } from 'commander'
import { FailureError } from '../shared/failure.ts'
import { lensIds, type Lens, type LensCell, type LensId } from '../shared/model/lens.ts'
import { escapeUntrusted } from '../shared/text/escape.ts'
import { lensCellText, lensTextIn } from '../shared/text/lens-text.ts'
import { placeOf } from '../main/browsing/browse.ts'
import { lensesAt, revealAt } from '../main/browsing/lenses.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { table, type Output } from './output.ts'
import type { CliSession, CommonOptions, RunCommand } from './session.ts'

interface InsideOptions extends CommonOptions {
  readonly reveal?: boolean
}

const covered = '••••'

/** `archive inside`: what an archive says of its source, as tables. */
export function addInsideCommand(archive: Command, run: RunCommand): void {
  archive
    .command('inside <archive> [table]')
    .description('what the archive says of its source as tables: apps, users, network, certificates …')
    .option('--reveal', 'print passwords and hashes, too')
    .action(async (id: string, wanted: string | undefined, options: InsideOptions) => {
      await run(options, async (session, all) => await showInside(session, id, wanted, all.reveal ?? false))
    })
}

async function showInside(
  session: CliSession,
  id: string,
  wanted: string | undefined,
  isRevealed: boolean,
): Promise<ExitCode> {
  const { ferrite, output, signal } = session
  const record = await ferrite.vault.find(id)
  const lenses = await lensesAt(ferrite, placeOf(record.id), signal)
  const shown = wanted === undefined ? lenses : lenses.filter((lens) => lens.id === idOf(wanted, lenses))
  const items = isRevealed
    ? await Promise.all(shown.map((lens) => revealed(session, record.id, lens)))
    : shown
  output.result({ items }, () => items.map((lens) => textOf(lens, output)).join('\n\n'))
  return exitCodes.done
}

/** @throws FailureError `bad-input` naming the tables that there are */
function idOf(wanted: string, lenses: readonly Lens[]): LensId {
  const known = lensIds.find((id) => id === wanted)
  if (known !== undefined && lenses.some(({ id }) => id === known)) return known
  const there = lenses.map(({ id }) => id).join(', ')
  const reason = there === '' ? 'cannot be named: this archive has no tables' : `is one of: ${there}`
  throw new FailureError({ code: 'bad-input', field: 'table', reason })
}

async function revealed(
  { ferrite, signal }: CliSession,
  archiveId: Parameters<typeof placeOf>[0],
  lens: Lens,
): Promise<Lens> {
  const rows: LensCell[][] = []
  for (const [row, cells] of lens.rows.entries()) {
    const open: LensCell[] = []
    for (const [column, cell] of cells.entries()) {
      const isSecret = typeof cell === 'object' && cell !== null
      const place = { lens: lens.id, row, column }
      open.push(isSecret ? await revealAt(ferrite, placeOf(archiveId), place, signal) : cell)
    }
    rows.push(open)
  }
  return { ...lens, rows }
}

function textOf({ id, columns, rows, isCapped }: Lens, { language }: Output): string {
  const words = lensTextIn(language)
  const head = columns.map((column) => words.columns[column.id].toUpperCase())
  const cellText = (cell: LensCell | undefined, at: number): string => {
    if (cell === undefined || cell === null) return ''
    if (typeof cell === 'object') return covered
    return escapeUntrusted(lensCellText(cell, columns[at]?.kind ?? 'text', language) ?? '')
  }
  const lines = rows.map((row) => columns.map((_, at) => cellText(row[at], at)))
  return [`${words.titles[id]} (${id})`, table([head, ...lines]), ...(isCapped ? ['…'] : [])].join('\n')
}
