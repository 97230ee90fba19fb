import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Failure } from '../../../shared/failure.ts'
import type { Job } from '../../../shared/model/job.ts'
import { formatDuration } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { readIdentity } from '../../device-jobs.ts'
import { go } from '../../navigation.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { cancelJob, isCancellable, JobProgress } from '../../parts/job-progress.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useShellTexts } from '../../shell-texts.ts'
import { openDialog } from '../../stores/dialogs.ts'
import { dismissJobs, isUnfinished } from '../../stores/jobs.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { IconButton } from '../../ui/actions/icon-button.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import type { Tone } from '../../ui/tone.ts'
import { needsAttention } from './job-groups.ts'
import styles from './jobs.module.css'
import { useJobsTexts } from './texts.ts'

/** One job: its progress while it runs, and what came of it afterwards. */
export function JobRow({ job }: { readonly job: Job }): ReactElement {
  const { state } = job
  return (
    <li className={styles['row']}>
      <RowHead job={job} />
      {isUnfinished(job) && <JobProgress job={job} size="compact" canCancel={false} isSpoken={false} />}
      {state.phase === 'failed' && <FailedJob job={job} failure={state.failure} />}
    </li>
  )
}

function RowHead({ job }: { readonly job: Job }): ReactElement {
  const texts = useJobsTexts()
  const shell = useShellTexts()
  const language = useLanguage()
  const words = wordsIn(language)
  return (
    <div className={styles['rowHead']}>
      <span className={styles['name']} title={job.subject}>
        {shell.jobOf(words.jobKind[job.kind], job.subject)}
      </span>
      {!isUnfinished(job) && <Outcome job={job} />}
      {job.endedAt !== undefined && (
        <span className={styles['quiet']}>
          <Moment at={job.endedAt} look="age" />
          {took(job, job.endedAt, texts.took, language)}
        </span>
      )}
      <span className={styles['rowActions']}>
        <ResultButton job={job} />
        {isCancellable(job) && (
          <Button
            label={shell.cancel}
            icon={X}
            size="small"
            variant="quiet"
            onPress={() => void cancelJob(job)}
          />
        )}
        {!isUnfinished(job) && (
          <IconButton label={texts.dismiss} icon={X} size="small" onPress={() => dismissJobs([job.id])} />
        )}
      </span>
    </div>
  )
}

/** How long it took, where that is worth a word. */
function took(
  { startedAt }: Job,
  endedAt: string,
  words: (duration: string) => string,
  language: Language,
): string {
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  return seconds < 1 ? '' : ` · ${words(formatDuration(seconds, language))}`
}

/** The end in one word. For a restore that is what the device was found to hold, not that the job is over. */
function Outcome({ job }: { readonly job: Job }): ReactElement {
  const texts = useJobsTexts()
  const words = wordsIn(useLanguage())
  const { state } = job
  if (state.phase === 'cancelled') return <StatusBadge tone="neutral" look="plain" label={texts.cancelled} />
  if (state.phase === 'failed') return <StatusBadge tone="bad" look="plain" label={texts.failed} />
  if (state.phase !== 'done') return <></>
  if (state.result.kind !== 'report') return <StatusBadge tone="good" look="plain" label={texts.done} />
  const { outcome, clean } = state.result.report
  const tones = {
    'verified-new': clean ? 'good' : 'caution',
    'verified-old': 'caution',
    unknown: 'unknown',
  } as const
  const tone: Tone = tones[outcome]
  const isUnclean = outcome === 'verified-new' && needsAttention(job)
  const label = isUnclean ? `${words.outcome[outcome]}, ${words.notClean}` : words.outcome[outcome]
  return <StatusBadge tone={tone} look="plain" label={label} />
}

/** Leads to what the job gave. */
function ResultButton({ job }: { readonly job: Job }): ReactElement {
  const texts = useJobsTexts()
  const { state } = job
  if (state.phase !== 'done') return <></>
  const { result } = state
  switch (result.kind) {
    case 'archive':
      return (
        <Button
          label={texts.showArchive}
          size="small"
          variant="quiet"
          onPress={() => go({ view: 'archives', archiveId: result.archiveId })}
        />
      )
    case 'report':
      return (
        <Button
          label={texts.showReport}
          size="small"
          variant="quiet"
          onPress={() => go({ view: 'report', planId: result.report.planId })}
        />
      )
    case 'procedure':
      return (
        <Button
          label={texts.showProcedure}
          size="small"
          variant="quiet"
          onPress={() => go({ view: 'procedures', procedureId: result.procedureId })}
        />
      )
    case 'apps':
    case 'folder':
    case 'none':
      return <></>
  }
}

function FailedJob({ job, failure }: { readonly job: Job; readonly failure: Failure }): ReactElement {
  const retry = retryOf(job)
  return (
    <FailurePanel
      failure={failure}
      isAnnounced={false}
      actions={<FailureActions failure={failure} deviceId={job.deviceId} retry={retry} />}
    />
  )
}

/** How to do again what failed; absent for jobs that do not know enough of what they were asked. */
function retryOf({ kind, deviceId }: Job): (() => void) | undefined {
  if (deviceId === undefined) return undefined
  switch (kind) {
    case 'backup':
      return () => openDialog({ kind: 'back-up', deviceIds: [deviceId] })
    case 'probe':
      return () => void readIdentity(deviceId)
    case 'restore':
      return () => go({ view: 'restore', deviceId })
    case 'verify':
    case 'import':
    case 'bridge':
    case 'extract':
      return undefined
    case 'procedure':
      return () => go({ view: 'procedures' })
  }
}
