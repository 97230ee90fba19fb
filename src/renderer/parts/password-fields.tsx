import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { useShellTexts } from '../shell-texts.ts'
import { keychainOf, settingsStore } from '../stores/settings.ts'
import { Notice } from '../ui/feedback/notice.tsx'
import { Checkbox } from '../ui/fields/checkbox.tsx'
import { PasswordField } from '../ui/fields/password-field.tsx'
import styles from './parts.module.css'

/** A password that is being typed, and whether the keychain may keep it. */
export interface TypedPassword {
  readonly password: string
  readonly remember: boolean
}

/** The state to begin with: remembered where the keychain is safe. */
export function emptyPassword(): TypedPassword {
  return { password: '', remember: keychainOf(settingsStore.getState())?.usable ?? false }
}

interface PasswordFieldsProps {
  readonly user: string
  readonly value: TypedPassword
  readonly onChange: (value: TypedPassword) => void
}

/** The password of a device's login. Says where it goes before it goes there. */
export function PasswordFields({ user, value, onChange }: PasswordFieldsProps): ReactElement {
  const { login } = useShellTexts()
  const keychain = useStore(settingsStore, keychainOf)
  const isUsable = keychain?.usable ?? false
  return (
    <div className={styles['stack']}>
      <PasswordField
        label={login.passwordOf(user)}
        value={value.password}
        onChange={(password) => onChange({ ...value, password })}
        isAutoFocused
        maxLength={2000}
      />
      {isUsable ? (
        <Checkbox
          label={login.remember}
          description={value.remember ? login.goesToKeychain(keychain?.backend ?? '') : login.goesToMemory}
          isSelected={value.remember}
          onChange={(remember) => onChange({ ...value, remember })}
        />
      ) : (
        <Notice tone="accent">{login.keychainWeak(keychain?.backend ?? '')}</Notice>
      )}
    </div>
  )
}
