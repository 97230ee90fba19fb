import type { ReactElement, ReactNode } from 'react'
import { classes } from '../classes.ts'
import { Icon } from '../icon.tsx'
import type { LucideIcon } from '../icon.tsx'
import styles from './sidebar.module.css'

export interface SidebarItem {
  readonly id: string
  readonly label: string
  readonly icon: LucideIcon
  /** A count or a badge at the end. */
  readonly note?: ReactNode
}

export interface SidebarSection {
  readonly id: string
  /** Heading; a section without one is just set apart by a gap. */
  readonly title?: string | undefined
  readonly items: readonly SidebarItem[]
}

interface SidebarProps {
  /** Name of the navigation. */
  readonly label: string
  readonly sections: readonly SidebarSection[]
  readonly selected: string
  readonly onSelect: (id: string) => void
  /** Above the sections, e.g. the vault's name. */
  readonly head?: ReactNode
  /** Below the sections, e.g. running jobs and settings. */
  readonly foot?: ReactNode
}

/** The window's navigation: every item a button, the current one marked for eyes and for screen readers. */
export function Sidebar({ label, sections, selected, onSelect, head, foot }: SidebarProps): ReactElement {
  return (
    <nav className={styles['sidebar']} aria-label={label}>
      {head !== undefined && <div className={styles['head']}>{head}</div>}
      <div className={styles['sections']}>
        {sections.map((section) => (
          <div key={section.id} className={styles['section']}>
            {section.title !== undefined && <h2 className={styles['title']}>{section.title}</h2>}
            <ul>
              {section.items.map((item) => (
                <li key={item.id}>
                  <SidebarButton
                    item={item}
                    isCurrent={item.id === selected}
                    onPress={() => onSelect(item.id)}
                  />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      {foot !== undefined && <div className={styles['foot']}>{foot}</div>}
    </nav>
  )
}

interface SidebarButtonProps {
  readonly item: SidebarItem
  readonly isCurrent: boolean
  readonly onPress: () => void
}

function SidebarButton({ item, isCurrent, onPress }: SidebarButtonProps): ReactElement {
  return (
    <button
      type="button"
      className={classes(styles['item'], isCurrent && styles['current'])}
      aria-current={isCurrent ? 'page' : undefined}
      title={item.label}
      onClick={onPress}
    >
      <Icon icon={item.icon} />
      <span className={styles['label']}>{item.label}</span>
      {item.note !== undefined && <span className={styles['note']}>{item.note}</span>}
    </button>
  )
}
