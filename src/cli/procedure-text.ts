import { standingOf, type Procedure, type ProcedureStep } from '../shared/model/procedure.ts'
import type { RestorePlan, StepDraft } from '../shared/model/restore.ts'
import { escapeUntrusted } from '../shared/text/escape.ts'
import { formatTime } from '../shared/text/format.ts'
import { wordsIn } from '../shared/text/index.ts'
import type { Language } from '../shared/text/language.ts'
import {
  evidenceText,
  procedureStepText,
  procedureWordsIn,
  standingText,
} from '../shared/text/procedure-text.ts'
import { table } from './output.ts'
import { reportText } from './report.ts'

/** The steps of a plan that is a procedure; nothing for any other plan. */
export function procedurePlanText({ procedure, target }: RestorePlan, language: Language): readonly string[] {
  if (!procedure) return []
  const words = procedureWordsIn(language)
  const yours = procedure.filter(({ kind }) => kind !== 'automatic').length
  const width = widthOfKinds(procedure, language)
  return [
    '',
    words.planned(procedure.length, yours),
    ...procedure.map((draft, index) => {
      const { title } = procedureStepText(draft, target.family, language)
      return `${markOf(draft)} ${String(index + 1).padStart(2)}. ${words.kind[draft.kind].padEnd(width)}  ${title}`
    }),
  ]
}

/** One line each. */
export function listText(procedures: readonly Procedure[], language: Language): string {
  if (procedures.length === 0) return procedureWordsIn(language).none
  const { outcome } = wordsIn(language)
  return table([
    ['ID', 'DEVICE', 'BEGUN', 'WHERE IT STANDS'],
    ...procedures.map((procedure) => [
      procedure.id,
      procedure.plan.deviceName,
      formatTime(procedure.createdAt, language).local,
      procedure.report ? outcome[procedure.report.outcome] : standingText(procedure, language),
    ]),
  ])
}

/** The whole of a procedure: its steps with what shows them done, the current one with its words, the next command. */
export function procedureText(procedure: Procedure, language: Language): string {
  const { id, plan, steps, report } = procedure
  return [
    `${id}: ${plan.archiveId} → ${plan.deviceName}`,
    ...steps.flatMap((step, index) => stepText(procedure, step, index, language)),
    '',
    ...(report ? [reportText(report, language)] : currentText(procedure, language)),
  ].join('\n')
}

function stepText(
  { family }: Procedure,
  { draft, state }: ProcedureStep,
  index: number,
  language: Language,
): readonly string[] {
  const words = procedureWordsIn(language)
  const { title } = procedureStepText(draft, family, language)
  const head = `${markOf(draft)} ${String(index + 1).padStart(2)}. ${title} (${words.kind[draft.kind]}; ${words.phase[state.phase]})`
  if (state.phase !== 'done') return [head]
  return [
    head,
    `      ${words.by(state.by)}, ${formatTime(state.at, language).local}`,
    ...state.evidence.map((evidence) => `      ${escapeUntrusted(evidenceText(evidence, family, language))}`),
    ...(state.note === undefined ? [] : [`      “${state.note}”`]),
  ]
}

function currentText(procedure: Procedure, language: Language): readonly string[] {
  const { next } = procedureWordsIn(language)
  const standing = standingOf(procedure)
  const { detail = '' } = standing.step
    ? procedureStepText(standing.step.draft, procedure.family, language)
    : {}
  const abandon = [next.abandon, `  ferrite procedure abandon ${procedure.id} --reason "${next.reason}"`]
  return [
    standingText(procedure, language),
    ...(detail === '' ? [] : [detail]),
    ...nextText(procedure, language),
    ...abandon,
  ]
}

function nextText(procedure: Procedure, language: Language): readonly string[] {
  const { next } = procedureWordsIn(language)
  const { kind, step } = standingOf(procedure)
  if (kind === 'running') return []
  if (step === undefined || kind === 'for-ferrite' || kind === 'failed') {
    return [next.run, `  ferrite procedure resume ${procedure.id}`]
  }
  const isUnclear = kind === 'unclear'
  const note = isUnclear || step.draft.needsNote ? ` --note "${next.note}"` : ''
  return [
    isUnclear ? next.unclear : next.confirm,
    `  ferrite procedure confirm ${procedure.id} ${step.draft.id}${note}`,
  ]
}

function markOf({ changes }: StepDraft): string {
  return changes ? '!' : ' '
}

function widthOfKinds(drafts: readonly StepDraft[], language: Language): number {
  const { kind } = procedureWordsIn(language)
  return Math.max(...drafts.map((draft) => kind[draft.kind].length))
}
