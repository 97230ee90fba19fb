import { Plus, Server } from 'lucide-react'
import type { ReactElement } from 'react'
import { openDialog } from '../../stores/dialogs.ts'
import { Button } from '../../ui/actions/button.tsx'
import { CopyableText } from '../../ui/data/copyable-text.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './devices.module.css'
import { useDevicesTexts } from './texts.ts'

/** The first thing a new person sees: one sentence, one next step, and a way to practise. */
export function FirstDevice(): ReactElement {
  const { add, first } = useDevicesTexts()
  return (
    <div className={layout['middle']}>
      <EmptyState
        icon={Server}
        sentence={first.sentence}
        action={
          <Button
            label={add}
            icon={Plus}
            variant="primary"
            onPress={() => openDialog({ kind: 'add-device' })}
          />
        }
        secondary={
          <div className={styles['practise']}>
            <p>{first.practise}</p>
            <CopyableText text={first.practiseCommand} name={first.command} />
          </div>
        }
      />
    </div>
  )
}
