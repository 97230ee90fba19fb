import type { ReactElement, ReactNode } from 'react'
import type { Failure } from '../../shared/failure.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { failureText } from '../../shared/text/index.ts'
import { ErrorPanel } from '../ui/feedback/error-panel.tsx'
import { useLanguage } from '../texts.ts'

interface FailurePanelProps {
  readonly failure: Failure
  /** Buttons, e.g. "Try again". */
  readonly actions?: ReactNode
  /** False where it is part of a list and not the answer to what was just done. */
  readonly isAnnounced?: boolean
}

/** A failure in words: what happened, what was not changed, the next step, and its facts to copy. */
export function FailurePanel({ failure, actions, isAnnounced = true }: FailurePanelProps): ReactElement {
  const language = useLanguage()
  const { cause, safe, next } = failureText(failure, language)
  return (
    <ErrorPanel
      cause={cause}
      safe={safe}
      next={next}
      details={failureDetails(failure)}
      actions={actions}
      isAnnounced={isAnnounced}
    />
  )
}

/** The code and the facts of a failure, one a line, for support. Facts may come from a device: shown escaped. */
export function failureDetails(failure: Failure): string {
  return Object.entries(failure)
    .map(([name, value]) => `${name}: ${escapeUntrusted(String(value))}`)
    .join('\n')
}
