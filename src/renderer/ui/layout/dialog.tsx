import { X } from 'lucide-react'
import type { SyntheticEvent, ReactElement, ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { IconButton } from '../actions/icon-button.tsx'
import { classes } from '../classes.ts'
import { useUi } from '../ui-provider.tsx'
import styles from './dialog.module.css'

/** `sheet`: full height, for wizards. */
export type DialogSize = 'small' | 'medium' | 'large' | 'sheet'

export interface DialogProps {
  readonly isOpen: boolean
  /** Asked for by Escape, the close button and, where allowed, a click outside. */
  readonly onClose: () => void
  readonly title: string
  /** A line under the title. */
  readonly subtitle?: ReactNode
  readonly size?: DialogSize
  /** `alertdialog` for a question that must be answered. */
  readonly role?: 'dialog' | 'alertdialog'
  /** False while something runs that must not be lost by a stray key: no Escape, no close button. */
  readonly isClosable?: boolean
  /** True lets a click beside the dialog close it; for views without input only. */
  readonly closesOnClickOutside?: boolean
  /** Left or above the body, e.g. a Stepper. */
  readonly aside?: ReactNode
  readonly children: ReactNode
  /** Buttons, the primary one last. */
  readonly actions?: ReactNode
  /** Quiet words left of the buttons: what happens next, whether the window may be closed. */
  readonly footNote?: ReactNode
  /** Makes the dialog a form: Enter in a field presses the submit button. */
  readonly onSubmit?: (() => void) | undefined
  /** `flush` lets a table reach the edges. */
  readonly padding?: 'normal' | 'flush'
}

/** A modal dialog: takes the focus, keeps it, gives it back. Title and buttons stay, the body scrolls. */
export function Dialog(props: DialogProps): ReactElement {
  const { isOpen, onClose, size = 'medium', role = 'dialog', isClosable = true } = props
  return (
    <ModalOverlay
      className={classes(styles['scrim'], size === 'sheet' && styles['scrimSheet'])}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      isDismissable={props.closesOnClickOutside === true && isClosable}
      isKeyboardDismissDisabled={!isClosable}
    >
      <Modal className={classes(styles['modal'], styles[size])}>
        <AriaDialog className={styles['dialog'] ?? ''} role={role}>
          <DialogForm onSubmit={props.onSubmit}>
            <DialogHead {...props} isClosable={isClosable} />
            <div className={styles['middle']}>
              {props.aside !== undefined && <div className={styles['aside']}>{props.aside}</div>}
              <div className={classes(styles['body'], props.padding === 'flush' && styles['flush'])}>
                {props.children}
              </div>
            </div>
            {(props.actions !== undefined || props.footNote !== undefined) && (
              <footer className={styles['foot']}>
                {props.footNote !== undefined && <div className={styles['footNote']}>{props.footNote}</div>}
                <div className={styles['actions']}>{props.actions}</div>
              </footer>
            )}
          </DialogForm>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

function DialogHead({
  title,
  subtitle,
  onClose,
  isClosable,
}: DialogProps & { isClosable: boolean }): ReactElement {
  const { words } = useUi()
  return (
    <header className={styles['head']}>
      <div className={styles['titles']}>
        <Heading slot="title" level={2} className={styles['title'] ?? ''}>
          {title}
        </Heading>
        {subtitle !== undefined && <div className={styles['subtitle']}>{subtitle}</div>}
      </div>
      {isClosable && <IconButton label={words.close} icon={X} onPress={onClose} />}
    </header>
  )
}

interface DialogFormProps {
  readonly onSubmit: (() => void) | undefined
  readonly children: ReactNode
}

function DialogForm({ onSubmit, children }: DialogFormProps): ReactElement {
  if (onSubmit === undefined) return <div className={styles['form']}>{children}</div>
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      {children}
    </form>
  )
}
