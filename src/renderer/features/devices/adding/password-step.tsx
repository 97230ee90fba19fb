import type { ReactElement } from 'react'
import type { DeviceView } from '../../../../shared/ipc/views.ts'
import { PasswordFields } from '../../../parts/password-fields.tsx'
import { closeDialog } from '../../../stores/dialogs.ts'
import { Button } from '../../../ui/actions/button.tsx'
import styles from '../devices.module.css'
import { useDevicesTexts } from '../texts.ts'
import type { AddingControl } from './use-adding.ts'

interface PasswordBodyProps {
  readonly control: AddingControl
  readonly view: DeviceView
}

/** The password of the login, and where it goes. */
export function PasswordBody({ control, view }: PasswordBodyProps): ReactElement {
  const { adding: texts } = useDevicesTexts()
  const { name, user } = view.device
  return (
    <>
      <div>
        <h3 className={styles['heading']}>{texts.passwordTitle}</h3>
        <p className={styles['prose']}>{texts.passwordWhy(name)}</p>
      </div>
      <PasswordFields user={user} value={control.typed} onChange={control.setTyped} />
    </>
  )
}

export function PasswordActions({ control }: { readonly control: AddingControl }): ReactElement {
  const { adding: texts } = useDevicesTexts()
  return (
    <>
      <Button label={texts.later} onPress={closeDialog} />
      <Button
        label={texts.logIn}
        variant="primary"
        type="submit"
        isDisabled={control.typed.password === ''}
        isPending={control.adding.work.phase === 'busy'}
      />
    </>
  )
}
