import { useRef } from 'react'
import type { ReactElement } from 'react'
import { Popover } from 'react-aria-components'
import popover from '../layout/popover.module.css'
import styles from './context-menu.module.css'
import { MenuList } from './menu.tsx'
import type { MenuGroups } from './menu.tsx'

/** A point of the window in CSS pixels, as `clientX` and `clientY` of an event. */
export interface Point {
  readonly x: number
  readonly y: number
}

interface ContextMenuProps {
  readonly label: string
  readonly groups: MenuGroups
  /** Where it opens; absent while it is closed. */
  readonly at: Point | undefined
  readonly onClose: () => void
}

/** The menu of a right click (or of the menu key): opens at a point, takes the focus and gives it back. */
export function ContextMenu({ label, groups, at, onClose }: ContextMenuProps): ReactElement {
  const anchor = useRef<HTMLSpanElement>(null)
  return (
    <>
      <span
        ref={anchor}
        aria-hidden
        className={styles['anchor']}
        style={{ insetInlineStart: at?.x ?? 0, insetBlockStart: at?.y ?? 0 }}
      />
      <Popover
        className={popover['popover'] ?? ''}
        aria-label={label}
        triggerRef={anchor}
        isOpen={at !== undefined}
        onOpenChange={(open) => {
          if (!open) onClose()
        }}
        placement="bottom start"
        offset={2}
      >
        <MenuList
          label={label}
          groups={groups.map((group) =>
            group.map((action) => ({
              ...action,
              onAction: () => {
                onClose()
                action.onAction()
              },
            })),
          )}
        />
      </Popover>
    </>
  )
}
