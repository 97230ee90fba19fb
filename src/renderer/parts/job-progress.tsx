import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Job } from '../../shared/model/job.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { wordsIn } from '../../shared/text/index.ts'
import { request } from '../api.ts'
import { useShellTexts } from '../shell-texts.ts'
import { showFailure } from '../stores/messages.ts'
import { useLanguage } from '../texts.ts'
import { Button } from '../ui/actions/button.tsx'
import { TransferProgress } from '../ui/feedback/transfer-progress.tsx'

interface JobProgressProps {
  readonly job: Job
  readonly size?: 'normal' | 'compact'
  /** False where the way to cancel stands elsewhere. */
  readonly canCancel?: boolean
  /** Says what kind of job it is, where nothing beside it does. */
  readonly isNamed?: boolean
  /** False where the same progress is read out by another place in sight. */
  readonly isSpoken?: boolean
}

/** How far an unfinished job is: phase, bytes, rate, time left, and the way to cancel it while that is possible. */
export function JobProgress(props: JobProgressProps): ReactElement {
  const { job, size = 'normal', canCancel = true, isNamed = false, isSpoken = true } = props
  const language = useLanguage()
  const texts = useShellTexts()
  const words = wordsIn(language)
  const { state } = job
  const progress = state.phase === 'running' ? state.progress : undefined
  const phase = progress === undefined ? texts.jobWaiting : words.phase[progress.phase]
  // Phases that move no bytes report zero of an unknown total: that is no figure.
  const isCounting = progress !== undefined && (progress.bytesDone > 0 || progress.bytesTotal !== undefined)
  return (
    <TransferProgress
      label={texts.jobOf(words.jobKind[job.kind], job.subject)}
      phase={isNamed ? `${words.jobKind[job.kind]}: ${phase}` : phase}
      bytesDone={isCounting ? progress.bytesDone : undefined}
      bytesTotal={progress?.bytesTotal}
      bytesPerSecond={progress?.bytesPerSecond}
      secondsLeft={progress?.secondsLeft}
      percent={progress?.percent}
      note={progress?.deviceStep === undefined ? undefined : escapeUntrusted(progress.deviceStep)}
      size={size}
      isSpoken={isSpoken}
      actions={
        canCancel && isCancellable(job) ? (
          <Button
            label={texts.cancel}
            icon={X}
            size="small"
            variant="quiet"
            onPress={() => void cancelJob(job)}
          />
        ) : undefined
      }
    />
  )
}

/** True while a job can still be cancelled: not once a device is being changed. */
export function isCancellable({ state }: Job): boolean {
  return state.phase === 'queued' || (state.phase === 'running' && state.cancellable)
}

/** Cancels a job. One that has just ended or must not be cancelled any more shows so by itself. */
export async function cancelJob({ id }: Job): Promise<void> {
  const result = await request('jobs.cancel', { id })
  if (!result.ok) showFailure(result.failure)
}
