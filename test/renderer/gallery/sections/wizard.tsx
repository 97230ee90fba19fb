import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { Button } from '../../../../src/renderer/ui/actions/button.tsx'
import { FactList } from '../../../../src/renderer/ui/data/fact-list.tsx'
import { Notice } from '../../../../src/renderer/ui/feedback/notice.tsx'
import { TextField } from '../../../../src/renderer/ui/fields/text-field.tsx'
import { Dialog } from '../../../../src/renderer/ui/layout/dialog.tsx'
import type { DialogSize } from '../../../../src/renderer/ui/layout/dialog.tsx'
import { Stepper } from '../../../../src/renderer/ui/layout/stepper.tsx'
import type { Step } from '../../../../src/renderer/ui/layout/stepper.tsx'
import styles from '../gallery.module.css'

const steps: readonly Step[] = [
  { id: 'archive', label: 'Archive', note: 'PRESS-7, 21 Nov 2026, 07:05', state: 'done' },
  { id: 'target', label: 'Target', note: 'PRESS-7-SPARE', state: 'done' },
  { id: 'checks', label: 'Checks', note: 'Fits with 2 cautions', state: 'done' },
  { id: 'review', label: 'Review', state: 'current' },
  { id: 'safety', label: 'Safety backup', state: 'ahead' },
  { id: 'restore', label: 'Restore', state: 'ahead' },
  { id: 'report', label: 'Report', state: 'ahead' },
]

/** Dialogs of all sizes, the wizard's sheet among them. */
export function Wizard(): ReactElement {
  const [size, setSize] = useState<DialogSize | undefined>('sheet')
  const [name, setName] = useState('')
  const close = (): void => setSize(undefined)
  return (
    <div className={styles['stack']}>
      <div className={styles['row']}>
        <Button label="Small" onPress={() => setSize('small')} />
        <Button label="Medium" onPress={() => setSize('medium')} />
        <Button label="Sheet" onPress={() => setSize('sheet')} />
      </div>
      <Dialog
        isOpen={size === 'sheet'}
        onClose={close}
        title="Restore to PRESS-7-SPARE"
        subtitle="Archive of PRESS-7 from 21 Nov 2026, 07:05"
        size="sheet"
        aside={
          <Stepper
            label="Steps"
            steps={steps}
            pointOfNoReturn={{ before: 'restore', label: 'Point of no return' }}
            onSelect={close}
          />
        }
        footNote="Next: a safety backup of PRESS-7-SPARE. Nothing is written yet."
        actions={
          <>
            <Button label="Back" variant="quiet" />
            <Button label="Restore to PRESS-7-SPARE" variant="primary" icon={RotateCcw} isDisabled />
          </>
        }
      >
        <div className={styles['stack']} style={{ padding: 0 }}>
          <Notice tone="caution">
            The device stays in service mode for about four minutes. The line stands still.
          </Notice>
          <FactList
            facts={[
              { label: 'Archive', value: 'PRESS-7, 21 Nov 2026, 07:05, 1.2 GiB' },
              { label: 'Target', value: 'PRESS-7-SPARE at 192.168.1.2' },
              { label: 'Way back', value: 'Safety backup, taken before anything is written' },
            ]}
          />
          <TextField
            label="Type the device’s name to confirm"
            value={name}
            onChange={setName}
            isMono
            description="PRESS-7-SPARE"
          />
        </div>
      </Dialog>
      <Dialog
        isOpen={size === 'small' || size === 'medium'}
        onClose={close}
        title="Delete 3 archives?"
        role="alertdialog"
        size={size ?? 'small'}
        actions={
          <>
            <Button label="Keep them" onPress={close} />
            <Button label="Move to trash" variant="danger" onPress={close} />
          </>
        }
      >
        <p>They go to the trash and can be taken back for 30 days. 3.4 GiB become free after that.</p>
      </Dialog>
    </div>
  )
}
