import type { ReactElement } from 'react'
import { keysOf } from '../../keys.ts'
import { KeyHint } from '../../ui/actions/key-hint.tsx'
import { FactList } from '../../ui/data/fact-list.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import styles from './settings.module.css'
import { useSettingsTexts } from './texts.ts'

const keys = [
  ['palette', [keysOf('K')]],
  ['views', [keysOf('1'), keysOf('2'), keysOf('3'), keysOf('4')]],
  ['back', ['Alt+←', 'Alt+→']],
  ['search', ['/']],
  ['add', [keysOf('N')]],
  ['open', ['Enter']],
  ['menu', ['Shift+F10']],
  ['edit', ['F2']],
  ['remove', ['Delete']],
  ['messages', ['F6']],
] as const

/** What the keyboard does. */
export function KeysPanel(): ReactElement {
  const texts = useSettingsTexts()
  return (
    <Panel title={texts.keys}>
      <FactList
        facts={keys.map(([name, shortcuts]) => ({
          label: texts.keyList[name],
          value: (
            <span className={styles['keys']}>
              {shortcuts.map((shortcut) => (
                <KeyHint key={shortcut} keys={shortcut} />
              ))}
            </span>
          ),
        }))}
      />
    </Panel>
  )
}
