import type { CellKind } from '../../../shared/compatibility/fit-matrix.ts'
import type { RequestOutput } from '../../../shared/ipc/contract.ts'
import type { Finding } from '../../../shared/model/finding.ts'
import type { Dialogs } from '../../app/dialogs.ts'
import type { PrintPage } from '../../app/print-page.ts'
import type { Ferrite } from '../../compose.ts'
import { fitDocument } from '../../printing/fit-document.ts'
import { htmlDocument } from '../../printing/document.ts'
import { fitCsv } from '../../restore/fit-csv.ts'
import type { FitBlock } from '../../restore/fit-matrix.ts'
import { fitPage } from '../../restore/fit-page.ts'
import { saveFile } from '../../storage/save-file.ts'
import type { Handlers } from '../serve.ts'

type FitHandlers = Pick<Handlers, 'fit.summary' | 'fit.matrix' | 'fit.export'>

export interface FitHandlerNeeds {
  readonly dialogs: Dialogs
  readonly printPage: PrintPage
}

/** Requests about every archive and every device together. */
export function fitHandlers(
  { fitMatrix, settings }: Ferrite,
  { dialogs, printPage }: FitHandlerNeeds,
): FitHandlers {
  return {
    'fit.summary': async ({ filter, isCounted }, signal) => {
      const { counts, ...summary } = await fitMatrix.summary(filter, isCounted, signal)
      return { ...summary, ...(counts && { counts }) }
    },
    'fit.matrix': async ({ archiveIds, deviceIds }, signal) =>
      packed(await fitMatrix.block(archiveIds, deviceIds, signal)),
    'fit.export': async ({ kind, filter }, signal) => {
      const file = await dialogs.chooseExport(kind === 'csv' ? 'fit.csv' : 'fit.pdf')
      if (file === undefined) return false
      const { language } = await settings.read()
      const pairs = fitMatrix.pairs(filter, signal)
      if (kind === 'page') {
        const html = htmlDocument(fitDocument(await fitPage(pairs, { language })))
        return await printPage(html, { kind: 'file', file }, signal)
      }
      await saveFile(file, fitCsv(pairs, { language, isForSpreadsheet: true }), signal)
      return true
    },
  }
}

/** Says what many cells have in common once. */
function packed({ generation, cells, identityReadAt }: FitBlock): RequestOutput<'fit.matrix'> {
  const outcomes: { readonly kind: CellKind; readonly deciding?: Finding }[] = []
  const places = new Map<string, number>()
  // Cells of two kinds of device share one finding: its text is made once.
  const keys = new Map<Finding | undefined, string>()
  const placeOf = (kind: CellKind, deciding: Finding | undefined): number => {
    const key = keys.get(deciding) ?? `${kind} ${JSON.stringify(deciding)}`
    keys.set(deciding, key)
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, outcomes.length)
    outcomes.push({ kind, ...(deciding && { deciding }) })
    return outcomes.length - 1
  }
  return {
    generation,
    outcomes,
    cells: cells.map((cell) => (cell ? placeOf(cell.kind, cell.deciding) : -1)),
    identityReadAt: [...identityReadAt],
  }
}
