import { Eye, KeyRound, LockOpen } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import type { Job } from '../../../shared/model/job.ts'
import { formatPercent } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { shareOf } from '../../parts/job-share.ts'
import { isUnfinished, jobsStore } from '../../stores/jobs.ts'
import { useLanguage } from '../../texts.ts'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx'
import type { LucideIcon } from '../../ui/icon.tsx'
import styles from './devices.module.css'
import { loginStateOf, type LoginState } from './login-state.ts'
import { useDevicesTexts } from './texts.ts'

/** The state of a device in one table cell: the running job, the failed one, or else whether its password is known. */
export function DeviceState({ view }: { readonly view: DeviceView }): ReactElement {
  const job = useStore(jobsStore, ({ newestOf, dismissed }) => {
    const newest = newestOf.get(view.device.id)
    return newest !== undefined && dismissed.has(newest.id) ? undefined : newest
  })
  if (job !== undefined && isUnfinished(job)) return <JobState job={job} />
  if (job?.state.phase === 'failed') return <FailedJob job={job} />
  return <CredentialState state={loginStateOf(view)} />
}

function JobState({ job }: { readonly job: Job }): ReactElement {
  const language = useLanguage()
  const texts = useDevicesTexts()
  const words = wordsIn(language)
  const kind = words.jobKind[job.kind]
  const progress = job.state.phase === 'running' ? job.state.progress : undefined
  const phase = progress === undefined ? texts.queued : words.phase[progress.phase]
  const share = progress && shareOf(progress)
  return (
    <span className={styles['jobState']} title={`${kind}: ${phase}`}>
      <span className={styles['jobBar']}>
        <ProgressBar label={`${kind}: ${phase}`} share={share} size="thin" />
      </span>
      <span className={styles['jobWords']}>
        {share === undefined ? phase : `${formatPercent(share, language)} · ${phase}`}
      </span>
    </span>
  )
}

function FailedJob({ job }: { readonly job: Job }): ReactElement {
  const texts = useDevicesTexts()
  return (
    <StatusBadge tone="bad" look="plain" label={texts.failedJob(wordsIn(useLanguage()).jobKind[job.kind])} />
  )
}

const loginIcons: Readonly<Record<LoginState, LucideIcon>> = {
  stored: KeyRound,
  'for-this-session': KeyRound,
  none: LockOpen,
  'not-needed': Eye,
}

/** Whether Ferrite knows the password of a device, and for how long. */
export function CredentialState({ state }: { readonly state: LoginState }): ReactElement {
  const texts = useDevicesTexts()
  return <StatusBadge tone="neutral" look="plain" icon={loginIcons[state]} label={texts.credentials[state]} />
}
