import { ChevronDown, ChevronUp } from 'lucide-react'
import { useId, useMemo } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Job } from '../../../shared/model/job.ts'
import { formatCount, formatPercent } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { shareOf } from '../../parts/job-share.ts'
import { useShellTexts } from '../../shell-texts.ts'
import { dismissJobs, jobsStore } from '../../stores/jobs.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { groupJobs, sealedJob, type JobGroups } from './job-groups.ts'
import { useJobMessages } from './job-messages.ts'
import { JobRow } from './job-row.tsx'
import { jobTrayState, setTrayOpen } from './job-tray-state.ts'
import styles from './jobs.module.css'
import { useJobsTexts } from './texts.ts'

/** What is running, what needs a look and what is done: one line at the foot of the window, and the list behind it. */
export function JobTray(): ReactElement {
  useJobMessages()
  const texts = useJobsTexts()
  const listId = useId()
  const { jobs, dismissed } = useStore(jobsStore)
  const { isOpen } = useStore(jobTrayState)
  const groups = useMemo(() => groupJobs(jobs, dismissed), [jobs, dismissed])
  const isEmpty = groups.running.length + groups.attention.length + groups.done.length === 0
  if (isEmpty) return <></>
  return (
    <section className={styles['tray']} aria-label={texts.tray}>
      <TrayBar groups={groups} isOpen={isOpen} listId={listId} />
      {isOpen && <TrayList groups={groups} id={listId} />}
    </section>
  )
}

interface TrayBarProps {
  readonly groups: JobGroups
  readonly isOpen: boolean
  readonly listId: string
}

function TrayBar({ groups, isOpen, listId }: TrayBarProps): ReactElement {
  const texts = useJobsTexts()
  const [newest] = groups.running
  return (
    <button
      type="button"
      className={styles['bar']}
      aria-expanded={isOpen}
      aria-controls={listId}
      onClick={() => setTrayOpen(!isOpen)}
    >
      <span className={styles['title']}>{texts.title}</span>
      <Counts groups={groups} />
      {!isOpen && newest !== undefined && <Newest job={newest} />}
      <span className={styles['chevron']} title={isOpen ? texts.hide : texts.show}>
        <Icon icon={isOpen ? ChevronDown : ChevronUp} />
      </span>
    </button>
  )
}

/** Changes when a job begins or ends, not with its progress: it is read out. */
function Counts({ groups: { running, attention, done } }: Pick<TrayBarProps, 'groups'>): ReactElement {
  const texts = useJobsTexts()
  const language = useLanguage()
  const count = (jobs: readonly Job[]): string => formatCount(jobs.length, language)
  return (
    <span className={styles['counts']} role="status">
      {running.length > 0 && (
        <StatusBadge tone="accent" look="plain" label={texts.countRunning(count(running))} />
      )}
      {attention.length > 0 && (
        <StatusBadge tone="bad" look="plain" label={texts.countAttention(count(attention))} />
      )}
      {done.length > 0 && <StatusBadge tone="good" look="plain" label={texts.countDone(count(done))} />}
    </span>
  )
}

function Newest({ job }: { readonly job: Job }): ReactElement {
  const language = useLanguage()
  const shell = useShellTexts()
  const words = wordsIn(language)
  const label = shell.jobOf(words.jobKind[job.kind], job.subject)
  const progress = job.state.phase === 'running' ? job.state.progress : undefined
  const share = progress && shareOf(progress)
  return (
    <span className={styles['newest']}>
      <span className={styles['newestName']} title={label}>
        {label}
      </span>
      <span className={styles['newestBar']}>
        <ProgressBar label={label} share={share} size="thin" />
      </span>
      <span className={styles['newestPhase']}>
        {progress === undefined ? shell.jobWaiting : words.phase[progress.phase]}
        {share !== undefined && ` · ${formatPercent(share, language)}`}
      </span>
    </span>
  )
}

interface TrayListProps {
  readonly groups: JobGroups
  readonly id: string
}

function TrayList({ groups, id }: TrayListProps): ReactElement {
  const texts = useJobsTexts()
  const { running, attention, done } = groups
  return (
    <div id={id} className={styles['list']}>
      <JobSection title={texts.running} jobs={running} />
      <JobSection title={texts.attention} jobs={attention} />
      <JobSection title={texts.done} jobs={done} />
      <footer className={styles['foot']}>
        <p className={styles['closing']}>
          <ClosingSentence running={running} />
        </p>
        {attention.length + done.length > 0 && (
          <Button
            label={texts.clear}
            size="small"
            variant="quiet"
            onPress={() => dismissJobs([...attention, ...done].map((job) => job.id))}
          />
        )}
      </footer>
    </div>
  )
}

function JobSection({
  title,
  jobs,
}: {
  readonly title: string
  readonly jobs: readonly Job[]
}): ReactElement {
  if (jobs.length === 0) return <></>
  return (
    <section className={styles['section']} aria-label={title}>
      <h2 className={styles['heading']}>{title}</h2>
      <ul>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
    </section>
  )
}

/** Whether the window may be closed: what a person standing at the machine wants to know. */
function ClosingSentence({ running }: { readonly running: readonly Job[] }): ReactElement {
  const { closing } = useJobsTexts()
  const language = useLanguage()
  const sealed = sealedJob(running)
  if (sealed !== undefined) return <>{closing.sealed(sealed.subject)}</>
  if (running.length === 0) return <>{closing.nothing}</>
  return <>{closing.running(formatCount(running.length, language))}</>
}
