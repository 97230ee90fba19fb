import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import {
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as AriaToastRegion,
} from 'react-aria-components'
import { Button } from '../actions/button.tsx'
import { IconButton } from '../actions/icon-button.tsx'
import { classes } from '../classes.ts'
import { Icon } from '../icon.tsx'
import type { Tone } from '../tone.ts'
import { useUi } from '../ui-provider.tsx'
import { toneIcons } from './badge.tsx'
import styles from './toast.module.css'

/** A short report on something that happened elsewhere. */
export interface ToastMessage {
  readonly tone: Exclude<Tone, 'neutral'>
  /** One sentence. */
  readonly text: string
  /** One thing to do about it, e.g. undo. */
  readonly action?: { readonly label: string; readonly onAction: () => void } | undefined
}

/** Messages in the corner of the window. */
export interface Toasts {
  readonly queue: ToastQueue<ToastMessage>
  /** Shows a message and answers how to take it away. Cautions and errors stay until they are closed. */
  readonly show: (message: ToastMessage) => () => void
}

/** Long enough to be read twice by someone who looks at the machine. */
const shownMs = 10_000

/** Makes the messages of one window. */
export function createToasts(): Toasts {
  const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 4 })
  return {
    queue,
    show: (message) => {
      const isLasting = message.tone === 'bad' || message.tone === 'caution'
      const key = queue.add(message, isLasting ? {} : { timeout: shownMs })
      return () => queue.close(key)
    },
  }
}

/** Where the messages appear; once per window. F6 moves the focus there. */
export function ToastRegion({ toasts }: { readonly toasts: Toasts }): ReactElement {
  const { words } = useUi()
  return (
    <AriaToastRegion queue={toasts.queue} aria-label={words.notifications} className={styles['region'] ?? ''}>
      {({ toast }) => (
        <AriaToast toast={toast} className={classes(styles['toast'], styles[toast.content.tone])}>
          <Icon icon={toneIcons[toast.content.tone]} className={styles['icon']} />
          <ToastContent className={styles['text']}>
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.action !== undefined && (
            <Button
              label={toast.content.action.label}
              size="small"
              variant="quiet"
              onPress={() => {
                toast.content.action?.onAction()
                toasts.queue.close(toast.key)
              }}
            />
          )}
          <IconButton label={words.close} icon={X} size="small" slot="close" />
        </AriaToast>
      )}
    </AriaToastRegion>
  )
}
