import { Fragment } from 'react'
import type { ReactElement } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator, Text } from 'react-aria-components'
import { ChevronDown, Ellipsis } from 'lucide-react'
import { classes } from '../classes.ts'
import { Icon } from '../icon.tsx'
import type { LucideIcon } from '../icon.tsx'
import popover from '../layout/popover.module.css'
import { Button } from './button.tsx'
import type { ButtonVariant } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { KeyHint } from './key-hint.tsx'

/** One action of a menu. */
export interface MenuAction {
  readonly id: string
  readonly label: string
  readonly onAction: () => void
  readonly icon?: LucideIcon | undefined
  /** Shortcut to show; the view itself listens for it. */
  readonly keys?: string | undefined
  /** Why it is disabled, or what it does; a second line. */
  readonly description?: string | undefined
  readonly isDisabled?: boolean
  /** What cannot be taken back. */
  readonly isDangerous?: boolean
}

/** Actions in groups; a line is drawn between two groups. Empty groups vanish. */
export type MenuGroups = readonly (readonly MenuAction[])[]

interface MenuListProps {
  readonly label: string
  readonly groups: MenuGroups
}

/** The inside of a menu; for `MenuButton` and `ContextMenu`. */
export function MenuList({ label, groups }: MenuListProps): ReactElement {
  const filled = groups.filter((group) => group.length > 0)
  return (
    <AriaMenu aria-label={label} className={popover['list'] ?? ''}>
      {filled.map((group, index) => (
        <Fragment key={group[0]?.id}>
          {index > 0 && <Separator className={popover['separator'] ?? ''} />}
          {group.map((action) => (
            <MenuRow key={action.id} action={action} />
          ))}
        </Fragment>
      ))}
    </AriaMenu>
  )
}

/** One action, for menus and the command palette. */
export function MenuRow({ action }: { readonly action: MenuAction }): ReactElement {
  const { id, label, icon, keys, description, isDisabled = false, isDangerous = false, onAction } = action
  return (
    <MenuItem
      id={id}
      textValue={label}
      className={classes(popover['item'], isDangerous && popover['danger'])}
      isDisabled={isDisabled}
      onAction={onAction}
    >
      <span className={popover['mark']}>{icon && <Icon icon={icon} />}</span>
      <span className={popover['words']}>
        <Text slot="label">{label}</Text>
        {description !== undefined && (
          <Text slot="description" className={popover['description'] ?? ''}>
            {description}
          </Text>
        )}
      </span>
      {keys !== undefined && (
        <span className={popover['keys']}>
          <KeyHint keys={keys} />
        </span>
      )}
    </MenuItem>
  )
}

interface MenuButtonProps extends MenuListProps {
  readonly variant?: ButtonVariant
  readonly size?: 'normal' | 'small'
  /** `words` shows the label with an arrow, `dots` only three dots. */
  readonly look?: 'words' | 'dots'
  readonly icon?: LucideIcon | undefined
  readonly isDisabled?: boolean
}

/** A button that opens a menu. */
export function MenuButton(props: MenuButtonProps): ReactElement {
  const {
    label,
    groups,
    variant = 'secondary',
    size = 'normal',
    look = 'words',
    icon,
    isDisabled = false,
  } = props
  return (
    <MenuTrigger>
      {look === 'dots' ? (
        <IconButton label={label} icon={icon ?? Ellipsis} size={size} isDisabled={isDisabled} />
      ) : (
        <Button
          label={label}
          variant={variant}
          size={size}
          icon={icon}
          endIcon={ChevronDown}
          isDisabled={isDisabled}
        />
      )}
      <Popover className={popover['popover'] ?? ''} offset={4} placement="bottom start">
        <MenuList label={label} groups={groups} />
      </Popover>
    </MenuTrigger>
  )
}
