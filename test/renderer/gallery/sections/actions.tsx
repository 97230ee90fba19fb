import { Archive, Copy, Download, Ellipsis, Play, RotateCcw, Search, Star, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { Button } from '../../../../src/renderer/ui/actions/button.tsx'
import { IconButton } from '../../../../src/renderer/ui/actions/icon-button.tsx'
import { KeyHint } from '../../../../src/renderer/ui/actions/key-hint.tsx'
import { MenuButton } from '../../../../src/renderer/ui/actions/menu.tsx'
import type { MenuGroups } from '../../../../src/renderer/ui/actions/menu.tsx'
import { Panel } from '../../../../src/renderer/ui/layout/panel.tsx'
import styles from '../gallery.module.css'

const nothing = (): void => undefined

const groups: MenuGroups = [
  [
    { id: 'open', label: 'Open', keys: 'Enter', onAction: nothing },
    { id: 'backup', label: 'Back up', icon: Download, keys: 'Ctrl+B', onAction: nothing },
    {
      id: 'restore',
      label: 'Restore to a device',
      icon: RotateCcw,
      description: 'Opens the wizard; nothing is written yet',
      onAction: nothing,
    },
    {
      id: 'verify',
      label: 'Verify',
      icon: Archive,
      isDisabled: true,
      description: 'The vault is offline',
      onAction: nothing,
    },
  ],
  [{ id: 'delete', label: 'Move to trash', icon: Trash2, keys: 'Del', isDangerous: true, onAction: nothing }],
]

/** Buttons, menus, key hints. */
export function Actions(): ReactElement {
  const [isPinned, setPinned] = useState(true)
  return (
    <div className={styles['stack']}>
      <Panel title="Buttons">
        <div className={styles['stack']}>
          <div className={styles['row']}>
            <Button label="Restore to PRESS-7" variant="primary" icon={RotateCcw} />
            <Button label="Back up" icon={Download} />
            <Button label="Cancel" variant="quiet" />
            <Button label="Delete 3 archives" variant="danger" icon={Trash2} />
          </div>
          <div className={styles['row']}>
            <Button label="Restore to PRESS-7" variant="primary" isDisabled />
            <Button label="Back up" isDisabled icon={Download} />
            <Button label="Cancel" variant="quiet" isDisabled />
            <Button label="Delete 3 archives" variant="danger" isDisabled />
          </div>
          <div className={styles['row']}>
            <Button label="Connecting" variant="primary" isPending />
            <Button label="Reading the identity" isPending />
            <Button label="Small" size="small" icon={Play} />
            <Button label="Small" size="small" variant="primary" />
            <Button label="Small" size="small" variant="quiet" icon={Undo2} />
            <MenuButton label="More" groups={groups} />
            <MenuButton label="More actions" look="dots" icon={Ellipsis} groups={groups} />
          </div>
          <div style={{ inlineSize: '15rem' }}>
            <Button
              label="Sicherungskopie auf Ersatzgerät Fördertechnikverteilerschrank 12 wiederherstellen"
              variant="primary"
              icon={RotateCcw}
            />
          </div>
        </div>
      </Panel>
      <Panel title="Icon buttons and keys">
        <div className={styles['row']}>
          <IconButton label="Search" icon={Search} keys="/" />
          <IconButton label="Copy" icon={Copy} size="small" />
          <IconButton label="Pin" icon={Star} isPressed={isPinned} onPress={() => setPinned(!isPinned)} />
          <IconButton label="Delete" icon={Trash2} isDisabled />
          <KeyHint keys="Ctrl+K" />
          <KeyHint keys="/" />
          <KeyHint keys="Del" />
        </div>
      </Panel>
    </div>
  )
}
