import { Fingerprint, KeyRound, RotateCw } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Failure } from '../../shared/failure.ts'
import type { DeviceId } from '../../shared/model/device.ts'
import { isLoginFailure } from '../login.ts'
import { useShellTexts } from '../shell-texts.ts'
import { askForLogin, openDialog } from '../stores/dialogs.ts'
import { Button } from '../ui/actions/button.tsx'

interface FailureActionsProps {
  readonly failure: Failure
  /** The device it happened on, where it is one. */
  readonly deviceId?: DeviceId | undefined
  /** Does again what failed. */
  readonly retry?: (() => void) | undefined
}

/** The next step of a failure as buttons: compare the fingerprint, enter the password, or just try again. */
export function FailureActions({ failure, deviceId, retry }: FailureActionsProps): ReactElement {
  const texts = useShellTexts()
  if (deviceId !== undefined && (failure.code === 'pin-changed' || failure.code === 'pin-unknown')) {
    return (
      <Button
        label={texts.comparePins}
        icon={Fingerprint}
        size="small"
        onPress={() => openDialog({ kind: 'changed-pin', deviceId })}
      />
    )
  }
  if (deviceId !== undefined && isLoginFailure(failure)) {
    const ask = async (): Promise<void> => {
      if (await askForLogin(deviceId, undefined)) retry?.()
    }
    return <Button label={texts.enterPassword} icon={KeyRound} size="small" onPress={() => void ask()} />
  }
  if (retry === undefined) return <></>
  return <Button label={texts.retry} icon={RotateCw} size="small" onPress={retry} />
}
