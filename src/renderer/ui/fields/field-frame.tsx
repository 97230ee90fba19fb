import { CircleAlert } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { FieldError, Label, Text } from 'react-aria-components'
import { Icon } from '../icon.tsx'
import styles from './field.module.css'

/** What every field has around its input. */
export interface FieldFrameProps {
  readonly label: string
  /** Quiet word after the label, e.g. "optional". */
  readonly labelNote?: string | undefined
  /** A sentence under the input: what it is for, where a secret goes. */
  readonly description?: string | undefined
  /** What is wrong with the value and how to mend it; absent while it is right. */
  readonly error?: string | undefined
}

interface FieldPartsProps extends FieldFrameProps {
  readonly children: ReactNode
}

/** Label, input, description and error, wired to each other by the field around them. */
export function FieldParts({
  label,
  labelNote,
  description,
  error,
  children,
}: FieldPartsProps): ReactElement {
  return (
    <>
      <Label className={styles['label'] ?? ''}>
        {label}
        {labelNote !== undefined && <span className={styles['optional']}> {labelNote}</span>}
      </Label>
      {children}
      {description !== undefined && (
        <Text slot="description" className={styles['description'] ?? ''}>
          {description}
        </Text>
      )}
      {error !== undefined && (
        <FieldError className={styles['error'] ?? ''}>
          <Icon icon={CircleAlert} size={14} />
          <span>{error}</span>
        </FieldError>
      )}
    </>
  )
}
