import { cellKinds, verdictOfCell, type CellKind } from '../../shared/compatibility/fit-matrix.ts'
import type { FitPage, FitPageLine } from '../../shared/model/fit-page.ts'
import { findingText } from '../../shared/text/index.ts'
import type { Language } from '../../shared/text/language.ts'
import type { Pair } from './fit-matrix.ts'

/** About a hundred pages of paper. */
const linesAtMost = 3000

/** Gathers what is printed of the matrix. */
export async function fitPage(
  pairs: AsyncIterable<Pair>,
  { language, now = new Date() }: { readonly language: Language; readonly now?: Date },
): Promise<FitPage> {
  const counts = new Map<CellKind, number>(cellKinds.map((kind) => [kind, 0]))
  const lines: FitPageLine[] = []
  let leftOut = 0
  for await (const pair of pairs) {
    counts.set(pair.kind, (counts.get(pair.kind) ?? 0) + 1)
    if (pair.kind === 'other-family') continue
    if (lines.length < linesAtMost) lines.push(pageLineOf(pair, language))
    else leftOut += 1
  }
  const of = (kind: CellKind): number => counts.get(kind) ?? 0
  return {
    language,
    madeAt: now.toISOString(),
    counts: {
      fits: of('fits'),
      cautions: of('cautions'),
      unknown: of('unknown'),
      blocked: of('blocked'),
      'other-family': of('other-family'),
    },
    lines,
    leftOut,
  }
}

function pageLineOf({ archive: { record }, device, kind, deciding }: Pair, language: Language): FitPageLine {
  const text = deciding && findingText(deciding, language)
  return {
    archiveDevice: record.device.name,
    archiveTakenAt: record.takenAt,
    device: device.device.name,
    verdict: verdictOfCell(kind),
    rule: deciding?.rule ?? '',
    reason: text?.title ?? '',
    remedy: text?.remedy ?? '',
    identityReadAt: device.target?.readAt,
  }
}
