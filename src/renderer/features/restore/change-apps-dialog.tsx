import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { isComplete, type AppChange, type AppJobPlan } from '../../../shared/model/bridge.ts'
import type { Failure } from '../../../shared/failure.ts'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { request } from '../../api.ts'
import { withLogin } from '../../login.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { PasswordField } from '../../ui/fields/password-field.tsx'
import { Switch } from '../../ui/fields/switch.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { Dialog } from '../../ui/layout/dialog.tsx'
import { AppChanges, UnfitFiles } from './app-changes.tsx'
import styles from './bridge.module.css'
import { useBridgeTexts } from './bridge-texts.ts'
import { isReason } from './wizard.ts'

interface ChangeAppsDialogProps {
  readonly archiveId: ArchiveId
  readonly deviceId: DeviceId
  readonly deviceName: string
  readonly changes: readonly AppChange[]
  readonly onClose: () => void
}

/** Choose the files, see what they are, type the name; main asks once more and the job runs on in the tray. */
export function ChangeAppsDialog(props: ChangeAppsDialogProps): ReactElement {
  const { archiveId, deviceId, deviceName, changes, onClose } = props
  const { dialog: texts } = useBridgeTexts()
  const [plan, setPlan] = useState<AppJobPlan | undefined>(undefined)
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const [isPending, setPending] = useState(false)
  const [typed, setTyped] = useState('')
  const [takesSafety, setTakesSafety] = useState(true)
  const [reason, setReason] = useState('')
  const [password, setPassword] = useState('')
  const isReady =
    plan !== undefined && isComplete(plan) && typed === deviceName && (takesSafety || isReason(reason))
  const choose = async (): Promise<void> => {
    setFailure(undefined)
    setPending(true)
    const result = await withLogin(deviceId, () => request('bridge.files', { archiveId, deviceId }))
    setPending(false)
    if (!result.ok) setFailure(result.failure)
    else if (result.value !== undefined) setPlan(result.value)
  }
  const run = async (id: string): Promise<void> => {
    setFailure(undefined)
    setPending(true)
    const safetyBackup = takesSafety
      ? ({ take: true } as const)
      : ({ take: false, reason: reason.trim() } as const)
    const started = await confirmAndStart(id, typed, safetyBackup, password)
    setPending(false)
    if (!started.ok) {
      setFailure(started.failure)
      return
    }
    onClose()
  }
  return (
    <Dialog
      isOpen
      size="large"
      title={texts.title(deviceName)}
      onClose={onClose}
      onSubmit={() => {
        if (isReady && !isPending) void run(plan.id)
      }}
      actions={
        <>
          <Button label={texts.cancel} onPress={onClose} />
          <Button
            label={texts.run(deviceName)}
            variant="danger"
            type="submit"
            isDisabled={!isReady}
            isPending={isPending && plan !== undefined}
          />
        </>
      }
    >
      <div className={styles['body']}>
        <p>{texts.intro(changes.length)}</p>
        <div className={styles['choose']}>
          <Button
            label={plan === undefined ? texts.choose : texts.chooseAgain}
            icon={FolderOpen}
            isPending={isPending && plan === undefined}
            onPress={() => void choose()}
          />
        </div>
        {failure !== undefined && (
          <FailurePanel
            failure={failure}
            actions={<FailureActions failure={failure} deviceId={deviceId} retry={() => void choose()} />}
          />
        )}
        <AppChanges
          changes={plan?.changes ?? changes.map((change) => ({ change }))}
          isJudged={plan !== undefined}
        />
        {plan !== undefined && <UnfitFiles files={plan.unfit} />}
        {plan !== undefined && !isComplete(plan) && <Notice tone="caution">{texts.unfitHint}</Notice>}
        {plan !== undefined && isComplete(plan) && (
          <>
            <Switch
              label={texts.safety}
              description={texts.safetyHint}
              isSelected={takesSafety}
              onChange={setTakesSafety}
            />
            {takesSafety && (
              <PasswordField
                label={texts.password}
                description={texts.passwordHint}
                value={password}
                onChange={setPassword}
                maxLength={2000}
              />
            )}
            {!takesSafety && (
              <TextField
                label={texts.reason}
                value={reason}
                onChange={setReason}
                maxLength={500}
                isRequired
              />
            )}
            <TextField
              label={texts.type(deviceName)}
              description={texts.typeHint}
              value={typed}
              onChange={setTyped}
              maxLength={200}
            />
          </>
        )}
      </div>
    </Dialog>
  )
}

/** Main's own question, then the job. */
async function confirmAndStart(
  planId: string,
  typedName: string,
  safetyBackup: AppJobPlan['options']['safetyBackup'],
  password: string,
) {
  const confirmed = await request('bridge.confirm', { planId, typedName, safetyBackup })
  if (!confirmed.ok) return confirmed
  const { token } = confirmed.value
  const secret = safetyBackup.take && password !== '' ? { password } : {}
  return await request('bridge.start', { planId, token, ...secret })
}
