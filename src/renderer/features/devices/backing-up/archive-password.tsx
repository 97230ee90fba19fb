import type { ReactElement } from 'react'
import { PasswordField } from '../../../ui/fields/password-field.tsx'
import styles from '../devices.module.css'
import { useDevicesTexts } from '../texts.ts'

/** A password typed twice: a slip of the finger would lock the secrets away for ever. */
export interface NewPassword {
  readonly typed: string
  readonly again: string
}

export const noPassword: NewPassword = { typed: '', again: '' }

/** True without a password, or where both are the same. */
export function isUsable({ typed, again }: NewPassword): boolean {
  return typed === again
}

interface ArchivePasswordProps {
  readonly value: NewPassword
  readonly onChange: (value: NewPassword) => void
}

/** The password that protects the secrets inside an archive. Optional; asked for twice. */
export function ArchivePassword({ value, onChange }: ArchivePasswordProps): ReactElement {
  const { backup: texts, adding } = useDevicesTexts()
  const isDifferent = value.again !== '' && !isUsable(value)
  return (
    <div className={styles['step']}>
      <PasswordField
        label={texts.password}
        labelNote={adding.optional}
        description={texts.passwordDescription}
        value={value.typed}
        onChange={(typed) => onChange({ ...value, typed })}
        maxLength={2000}
      />
      {value.typed !== '' && (
        <PasswordField
          label={texts.passwordAgain}
          value={value.again}
          onChange={(again) => onChange({ ...value, again })}
          maxLength={2000}
          {...(isDifferent && { error: texts.passwordsDiffer })}
        />
      )}
    </div>
  )
}
