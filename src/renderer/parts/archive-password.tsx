import { useState } from 'react'
import type { ReactElement } from 'react'
import { Button } from '../ui/actions/button.tsx'
import { PasswordField } from '../ui/fields/password-field.tsx'
import styles from './archive-password.module.css'
import { usePreviewTexts } from './preview-texts.ts'

interface ArchivePasswordProps {
  /** True where a password was tried that did not open it. */
  readonly wasWrong: boolean
  /** Tries a password; it is for this archive while it is open. */
  readonly onUnlock: (password: string) => Promise<void>
}

/** Asks for the password of an encrypted archive. What is typed is gone when it was sent. */
export function ArchivePassword({ wasWrong, onUnlock }: ArchivePasswordProps): ReactElement {
  const { password: texts } = usePreviewTexts()
  const [password, setPassword] = useState('')
  const [isTrying, setTrying] = useState(false)
  const tryIt = async (): Promise<void> => {
    if (password === '' || isTrying) return
    setTrying(true)
    setPassword('')
    await onUnlock(password)
    setTrying(false)
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        void tryIt()
      }}
    >
      <p className={styles['title']}>{texts.title}</p>
      <PasswordField
        label={texts.label}
        description={texts.description}
        value={password}
        onChange={setPassword}
        maxLength={2000}
        {...(wasWrong && password === '' && { error: texts.wrong })}
      />
      <Button type="submit" variant="primary" label={texts.submit} isPending={isTrying} />
    </form>
  )
}
