import { verdictOfCell } from '../../shared/compatibility/fit-matrix.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { findingText } from '../../shared/text/index.ts'
import type { Language } from '../../shared/text/language.ts'
import type { Pair } from './fit-matrix.ts'

/** The names of the columns: part of the public interface (docs/cli.md), the same in every language. */
export const fitColumns = [
  'archiveId',
  'archiveDevice',
  'deviceId',
  'device',
  'verdict',
  'rule',
  'reason',
  'archiveValue',
  'deviceValue',
  'identityReadAt',
  'remedy',
] as const

/** One pair as the matrix writes it into files and answers it to scripts; sentences in the language. */
export type FitLine = Readonly<Record<(typeof fitColumns)[number], string | undefined>>

/** The line of a pair. */
export function fitLineOf({ archive, device, kind, deciding }: Pair, language: Language): FitLine {
  const text = deciding && findingText(deciding, language)
  return {
    archiveId: archive.record.id,
    archiveDevice: archive.record.device.name,
    deviceId: device.device.id,
    device: device.device.name,
    verdict: verdictOfCell(kind),
    rule: deciding?.rule,
    reason: text?.title,
    archiveValue: deciding?.archiveValue?.value,
    deviceValue: deciding?.deviceValue?.value,
    identityReadAt: device.target?.readAt,
    remedy: text?.remedy,
  }
}

/** What tells spreadsheets that the text is UTF-8; scripts do without. */
const byteOrderMark = '\ufeff'
/** Lines are handed on in pieces of about this many characters. */
const pieceLength = 64 * 1024

/**
 * The pairs as CSV (RFC 4180): every field in quotes, one line a pair. Names and values come from devices, so control
 * characters are shown as symbols, and a field that a spreadsheet would take for a formula begins with `'`.
 */
export async function* fitCsv(
  pairs: AsyncIterable<Pair>,
  { language, isForSpreadsheet }: { readonly language: Language; readonly isForSpreadsheet: boolean },
): AsyncGenerator<Buffer> {
  let piece = `${isForSpreadsheet ? byteOrderMark : ''}${csvLine(fitColumns)}`
  for await (const pair of pairs) {
    const line = fitLineOf(pair, language)
    piece += csvLine(fitColumns.map((column) => line[column] ?? ''))
    if (piece.length < pieceLength) continue
    yield Buffer.from(piece)
    piece = ''
  }
  yield Buffer.from(piece)
}

function csvLine(fields: readonly string[]): string {
  return `${fields.map(csvField).join(',')}\r\n`
}

/** One field: quoted, and no formula to any spreadsheet, also not behind spaces or control characters. */
export function csvField(value: string): string {
  const shown = escapeUntrusted(value, Number.POSITIVE_INFINITY)
  const safe = /^[\s\u2400-\u2421]*[=+\-@＝＋－＠]/u.test(shown) ? `'${shown}` : shown
  return `"${safe.replaceAll('"', '""')}"`
}
