import { CircleAlert, ShieldCheck } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import { useUi } from '../ui-provider.tsx'
import { CopyButton } from '../data/copy-button.tsx'
import styles from './error-panel.module.css'

interface ErrorPanelProps {
  /** What happened, with the values; a whole sentence. */
  readonly cause: string
  /** What was not changed or lost; empty or absent where that cannot be said. */
  readonly safe?: string | undefined
  /** The next step, a whole sentence. */
  readonly next?: string | undefined
  /** Technical text for support: codes, the device's own words. Untrusted, shown as it is. */
  readonly details?: string | undefined
  /** Buttons, e.g. "Try again". */
  readonly actions?: ReactNode
  /** True where it appears in answer to something the person just did: it is read out at once. */
  readonly isAnnounced?: boolean
}

/** An error: what happened, what was not changed, the next step, and details to copy. */
export function ErrorPanel(props: ErrorPanelProps): ReactElement {
  const { cause, safe = '', next = '', details = '', actions, isAnnounced = true } = props
  return (
    <div className={styles['panel']} role={isAnnounced ? 'alert' : undefined}>
      <Icon icon={CircleAlert} size={20} className={styles['icon']} />
      <div className={styles['words']}>
        <p className={styles['cause']}>{cause}</p>
        {next !== '' && <p>{next}</p>}
        {safe !== '' && (
          <p className={styles['safe']}>
            <Icon icon={ShieldCheck} />
            <span>{safe}</span>
          </p>
        )}
        {details !== '' && <ErrorDetails details={details} />}
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
    </div>
  )
}

function ErrorDetails({ details }: { readonly details: string }): ReactElement {
  const { words } = useUi()
  return (
    <details className={styles['details']}>
      <summary>{words.details}</summary>
      <div className={styles['technical']}>
        {/* A long text scrolls, so the keyboard must be able to reach it. */}
        <pre tabIndex={0} aria-label={words.details}>
          {details}
        </pre>
        <CopyButton text={details} name={words.details} />
      </div>
    </details>
  )
}
