import type { ReactElement, ReactNode } from 'react'
import { GridList, GridListHeader, GridListItem, GridListSection, Text } from 'react-aria-components'
import { given } from '../classes.ts'
import type { Selected } from '../grid/selection.ts'
import { Icon } from '../icon.tsx'
import type { LucideIcon } from '../icon.tsx'
import styles from './list.module.css'

export interface ListItem {
  readonly id: string
  readonly label: string
  /** A quieter second line. */
  readonly description?: string | undefined
  readonly icon?: LucideIcon | undefined
  /** A badge or a figure at the end. */
  readonly note?: ReactNode
  readonly isDisabled?: boolean
}

export interface ListSection {
  readonly id: string
  readonly title?: string | undefined
  readonly items: readonly ListItem[]
}

interface ListProps {
  readonly label: string
  readonly sections: readonly ListSection[]
  readonly selectionMode?: 'none' | 'single' | 'multiple'
  readonly selectedKeys?: Selected | undefined
  readonly onSelectionChange?: ((keys: Selected) => void) | undefined
  /** Enter and double click. */
  readonly onOpen?: ((id: string) => void) | undefined
  readonly empty?: ReactNode
}

/** Items of one or two lines in sections, for some hundred at most; for more take Table. */
export function List(props: ListProps): ReactElement {
  const { label, sections, selectionMode = 'none', selectedKeys, onSelectionChange, onOpen, empty } = props
  const ids = sections.flatMap((section) => section.items.map((item) => item.id))
  return (
    <GridList
      aria-label={label}
      className={styles['list'] ?? ''}
      selectionMode={selectionMode}
      selectionBehavior="replace"
      {...given({
        selectedKeys,
        onAction: onOpen && ((key: string | number) => onOpen(String(key))),
      })}
      onSelectionChange={(keys) => onSelectionChange?.(new Set(keys === 'all' ? ids : [...keys].map(String)))}
      renderEmptyState={() => empty}
    >
      {sections.map((section) => (
        <GridListSection
          key={section.id}
          className={styles['section'] ?? ''}
          {...(section.title === undefined ? { 'aria-label': label } : {})}
        >
          {section.title !== undefined && (
            <GridListHeader className={styles['title'] ?? ''}>{section.title}</GridListHeader>
          )}
          {section.items.map((item) => (
            <ListRow key={item.id} item={item} />
          ))}
        </GridListSection>
      ))}
    </GridList>
  )
}

function ListRow({ item }: { readonly item: ListItem }): ReactElement {
  return (
    <GridListItem
      id={item.id}
      textValue={item.label}
      className={styles['item'] ?? ''}
      isDisabled={item.isDisabled ?? false}
    >
      {item.icon && <Icon icon={item.icon} className={styles['icon']} />}
      <span className={styles['words']}>
        <span className={styles['label']} title={item.label}>
          {item.label}
        </span>
        {item.description !== undefined && (
          <Text slot="description" className={styles['description'] ?? ''} title={item.description}>
            {item.description}
          </Text>
        )}
      </span>
      {item.note !== undefined && <span className={styles['note']}>{item.note}</span>}
    </GridListItem>
  )
}
