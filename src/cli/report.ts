import type { RestoreReport } from '../shared/model/restore.ts'
import { remarkText, wordsIn } from '../shared/text/index.ts'
import type { Language } from '../shared/text/language.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'

/** Done and true is 0; done but not clean is a difference; unknown is neither done nor failed. */
export function exitCodeOfReport({ outcome, clean }: RestoreReport): ExitCode {
  if (outcome === 'unknown') return exitCodes.unclear
  return clean ? exitCodes.done : exitCodes.different
}

/** The report for people. */
export function reportText(report: RestoreReport, language: Language): string {
  const words = wordsIn(language)
  const protocol = report.protocol.filter(({ severity }) => severity !== 'INFO')
  return [
    `${words.outcome[report.outcome]}${report.clean ? '' : ` (${words.notClean})`}`,
    ...protocol.map(({ severity, text }) => `  ${severity} ${text}`),
    ...report.differences.map(
      ({ what, expected, actual }) => `  ≠ ${what}: ${expected ?? '–'} / ${actual ?? '–'}`,
    ),
    ...report.remarks.map((remark) => `  * ${remarkText(remark, language)}`),
    ...(report.safetyArchiveId ? [`  ${words.origin.safety}: ${report.safetyArchiveId}`] : []),
  ].join('\n')
}
