import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceView } from '../../../../shared/ipc/views.ts'
import type { JobId } from '../../../../shared/model/job.ts'
import { isLoginFailure } from '../../../login.ts'
import { JobProgress } from '../../../parts/job-progress.tsx'
import { closeDialog } from '../../../stores/dialogs.ts'
import { isUnfinished, jobsStore } from '../../../stores/jobs.ts'
import { Button } from '../../../ui/actions/button.tsx'
import styles from '../devices.module.css'
import { useDevicesTexts } from '../texts.ts'
import { isLoggedInTo } from './adding.ts'
import type { AddingControl } from './use-adding.ts'

interface IdentityBodyProps {
  readonly jobId: JobId | undefined
  readonly isFailed: boolean
}

/** The device is asked what it is. */
export function IdentityBody({ jobId, isFailed }: IdentityBodyProps): ReactElement {
  const { adding: texts } = useDevicesTexts()
  const job = useStore(jobsStore, ({ jobs }) => (jobId === undefined ? undefined : jobs.get(jobId)))
  if (isFailed) return <></>
  return (
    <>
      <h3 className={styles['heading']}>{texts.reading}</h3>
      {job !== undefined && isUnfinished(job) && <JobProgress job={job} />}
    </>
  )
}

interface IdentityActionsProps {
  readonly control: AddingControl
  readonly view: DeviceView
}

export function IdentityActions({ control, view }: IdentityActionsProps): ReactElement {
  const { adding: texts } = useDevicesTexts()
  const { work } = control.adding
  if (work.phase !== 'failed') return <Button label={texts.close} onPress={closeDialog} />
  const isLogin = isLoginFailure(work.failure)
  return (
    <>
      <Button label={texts.later} onPress={closeDialog} />
      {isLoggedInTo(view) && (
        <Button
          label={texts.otherPassword}
          variant={isLogin ? 'primary' : 'secondary'}
          onPress={control.back}
        />
      )}
      {!isLogin && (
        <Button label={texts.tryAgain} variant="primary" onPress={() => void control.readAgain()} />
      )}
    </>
  )
}
