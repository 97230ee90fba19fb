import { useEffect } from 'react'
import type { Job, JobId, JobResult } from '../../../shared/model/job.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { go, navigation, placeOf } from '../../navigation.ts'
import { dialogsStore } from '../../stores/dialogs.ts'
import { isUnfinished, jobsStore } from '../../stores/jobs.ts'
import { showMessage } from '../../stores/messages.ts'
import { settingsStore } from '../../stores/settings.ts'
import type { ToastMessage } from '../../ui/feedback/toast.tsx'
import { needsAttention } from './job-groups.ts'
import { setTrayOpen } from './job-tray-state.ts'
import { jobsTexts } from './texts.ts'

/**
 * Reports ended jobs in the corner of the window: one by its own sentence, several that ran together by one for all,
 * when the last of them has ended.
 */
export function useJobMessages(): void {
  useEffect(() => {
    let ended: readonly Job[] = []
    return jobsStore.subscribe(({ jobs }, before) => {
      ended = [...ended, ...endedNow(jobs, before.jobs)]
      if (ended.length === 0 || [...jobs.values()].some(isUnfinished)) return
      const message = messageOf(ended)
      ended = []
      if (message !== undefined) showMessage(message)
    })
  }, [])
}

function endedNow(jobs: ReadonlyMap<JobId, Job>, before: ReadonlyMap<JobId, Job>): readonly Job[] {
  return [...jobs.values()].filter((job) => {
    const former = before.get(job.id)
    return former !== undefined && isUnfinished(former) && !isUnfinished(job) && isWorthSaying(job)
  })
}

/** A cancel was asked for, a restore is being watched, a read identity shows itself, and a dialog that waits for a job tells of it. */
function isWorthSaying({ kind, state }: Job): boolean {
  if (state.phase === 'cancelled') return false
  // The wizard shows what came of it, and the message would lie over its buttons.
  const { view } = placeOf(navigation.getState())
  if (kind === 'restore' && view === 'restore') return false
  // The tray counts it, and the way on is “Check again”, right under where the message would lie.
  if (kind === 'bridge' && state.phase === 'done' && view === 'restore') return false
  // The steps show which of them did not succeed, or that nobody knows.
  if (kind === 'procedure' && state.phase === 'failed' && view === 'procedures') return false
  return kind !== 'probe' || (state.phase === 'failed' && dialogsStore.getState().dialog === undefined)
}

function messageOf(ended: readonly Job[]): ToastMessage | undefined {
  const { language } = settingsStore.getState().settings
  const texts = jobsTexts[language]
  const [only] = ended
  if (only !== undefined && ended.length === 1) return messageOfOne(only)
  const bad = ended.filter(needsAttention).length
  return {
    tone: bad === 0 ? 'good' : 'caution',
    text: texts.ended.many(formatCount(ended.length - bad, language), formatCount(bad, language)),
    action: { label: texts.details, onAction: () => setTrayOpen(true) },
  }
}

function messageOfOne({ kind, subject, state }: Job): ToastMessage | undefined {
  const { language } = settingsStore.getState().settings
  const texts = jobsTexts[language]
  const words = wordsIn(language)
  if (state.phase === 'failed') {
    const isUnclear = state.failure.code === 'outcome-unknown'
    return {
      tone: isUnclear ? 'caution' : 'bad',
      text: texts.ended[isUnclear ? 'unclear' : 'failed'](words.jobKind[kind], subject),
      action: { label: texts.details, onAction: () => setTrayOpen(true) },
    }
  }
  if (state.phase !== 'done' || kind === 'probe') return undefined
  const { result } = state
  const text = texts.ended[kind](subject)
  if (result.kind === 'report') {
    const { clean, planId } = result.report
    return {
      tone: clean ? 'good' : 'caution',
      text,
      action: { label: texts.showReport, onAction: () => go({ view: 'report', planId }) },
    }
  }
  if (result.kind === 'none') return { tone: 'good', text }
  if (result.kind === 'folder') return takenOutMessage(result, language)
  if (result.kind === 'apps') {
    const isAsBefore = result.report.remarks.every(({ remark }) => remark === 'state-brought-back')
    return { tone: isAsBefore ? 'good' : 'caution', text }
  }
  if (result.kind === 'procedure') {
    const { procedureId } = result
    // Whoever looks at the steps sees there that they are due.
    if (placeOf(navigation.getState()).view === 'procedures') return undefined
    const show = (): void => go({ view: 'procedures', procedureId })
    return { tone: 'accent', text, action: { label: texts.showProcedure, onAction: show } }
  }
  const { archiveId } = result
  return {
    tone: 'good',
    text,
    action: { label: texts.showArchive, onAction: () => go({ view: 'archives', archiveId }) },
  }
}

function takenOutMessage(
  { files, folderName, skipped, renamed }: Extract<JobResult, { readonly kind: 'folder' }>,
  language: Language,
): ToastMessage {
  const texts = jobsTexts[language]
  const sentences = [
    texts.takenOut(formatCount(files, language), escapeUntrusted(folderName), files === 1),
    ...(renamed === 0 ? [] : [texts.renamed(formatCount(renamed, language), renamed === 1)]),
    ...(skipped === 0 ? [] : [texts.skipped(formatCount(skipped, language), skipped === 1)]),
  ]
  return { tone: skipped === 0 ? 'good' : 'caution', text: sentences.join(' ') }
}
