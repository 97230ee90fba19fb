import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Failure } from '../../shared/failure.ts'
import { request } from '../api.ts'
import { useShellTexts } from '../shell-texts.ts'
import { applyDevice, devicesStore } from '../stores/devices.ts'
import type { LoginQuestion } from '../stores/dialogs.ts'
import { Button } from '../ui/actions/button.tsx'
import { Dialog } from '../ui/layout/dialog.tsx'
import { FailurePanel } from './failure-panel.tsx'
import styles from './parts.module.css'
import { emptyPassword, PasswordFields } from './password-fields.tsx'

/** Asks for the password of a device, wherever it turns out to be needed, and hands it to main. */
export function LoginDialog({ question }: { readonly question: LoginQuestion }): ReactElement {
  const { deviceId, reason, answer } = question
  const { login, cancel } = useShellTexts()
  const view = useStore(devicesStore, ({ byId }) => byId.get(deviceId))
  const [typed, setTyped] = useState(emptyPassword)
  const [failure, setFailure] = useState<Failure | undefined>(reason)
  const [isPending, setPending] = useState(false)
  const give = async (): Promise<void> => {
    setPending(true)
    const result = await request('credentials.give', { id: deviceId, ...typed })
    setPending(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    if (view !== undefined) {
      applyDevice({ ...view, credentials: result.value.stored ? 'stored' : 'for-this-session' })
    }
    answer(true)
  }
  return (
    <Dialog
      isOpen
      size="small"
      title={login.title(view?.device.name ?? deviceId)}
      subtitle={view?.device.address}
      onClose={() => answer(false)}
      onSubmit={() => {
        if (typed.password !== '' && !isPending) void give()
      }}
      actions={
        <>
          <Button label={cancel} onPress={() => answer(false)} />
          <Button
            label={login.use}
            variant="primary"
            type="submit"
            isDisabled={typed.password === ''}
            isPending={isPending}
          />
        </>
      }
    >
      <div className={styles['stack']}>
        {failure !== undefined && failure.code !== 'credentials-needed' && <FailurePanel failure={failure} />}
        <PasswordFields user={view?.device.user ?? ''} value={typed} onChange={setTyped} />
      </div>
    </Dialog>
  )
}
