import { ArrowLeft, ArrowRight, Search } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import styles from './app.module.css'
import { keysOf } from './keys.ts'
import { goBack, goForward, navigation } from './navigation.ts'
import { useShellTexts } from './shell-texts.ts'
import { openDialog } from './stores/dialogs.ts'
import { IconButton } from './ui/actions/icon-button.tsx'

/** The name of the app, the way back and forward, and the door to the command palette. */
export function WindowHead(): ReactElement {
  const texts = useShellTexts()
  const { places, index } = useStore(navigation)
  return (
    <div className={styles['head']}>
      <span className={styles['name']}>Ferrite</span>
      <IconButton
        label={texts.back}
        icon={ArrowLeft}
        size="small"
        keys="Alt+←"
        isDisabled={index === 0}
        onPress={goBack}
      />
      <IconButton
        label={texts.forward}
        icon={ArrowRight}
        size="small"
        keys="Alt+→"
        isDisabled={index === places.length - 1}
        onPress={goForward}
      />
      <IconButton
        label={texts.search}
        icon={Search}
        size="small"
        keys={keysOf('K')}
        onPress={() => openDialog({ kind: 'palette' })}
      />
    </div>
  )
}
