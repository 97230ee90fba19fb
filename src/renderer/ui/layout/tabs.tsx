import type { ReactElement, ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components'
import { given } from '../classes.ts'
import styles from './tabs.module.css'

export interface TabItem {
  readonly id: string
  readonly label: string
  /** A count or a badge after the label. */
  readonly note?: ReactNode
  readonly isDisabled?: boolean
  readonly content: ReactNode
}

interface TabsProps {
  /** What the tabs choose between. */
  readonly label: string
  readonly items: readonly TabItem[]
  readonly selected?: string | undefined
  readonly onSelect?: ((id: string) => void) | undefined
  /** `flush` lets the content reach the edges. */
  readonly padding?: 'normal' | 'flush'
}

/** Tabs over one content area. Arrow keys move, the content of the others is not rendered. */
export function Tabs({ label, items, selected, onSelect, padding = 'normal' }: TabsProps): ReactElement {
  return (
    <AriaTabs
      className={styles['tabs'] ?? ''}
      {...given({ selectedKey: selected })}
      onSelectionChange={(key) => onSelect?.(String(key))}
    >
      <TabList aria-label={label} className={styles['list'] ?? ''}>
        {items.map((item) => (
          <Tab
            key={item.id}
            id={item.id}
            className={styles['tab'] ?? ''}
            isDisabled={item.isDisabled ?? false}
          >
            <span>{item.label}</span>
            {item.note !== undefined && <span className={styles['note']}>{item.note}</span>}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className={styles['panel'] ?? ''} data-padding={padding}>
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
