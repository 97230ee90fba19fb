import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { FamilyId } from '../../../shared/model/family-id.ts'
import { Switch } from '../../ui/fields/switch.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import { useGuidedTexts } from './guided-plan.tsx'
import styles from './restore.module.css'
import { choose, wizardStore } from './wizard-store.ts'

const guidedFamilies: readonly FamilyId[] = ['deviceon-server', 'endpoint-protector']

/** True for families whose archives are restored step by step, and only as a whole. */
export function isGuided(family: FamilyId): boolean {
  return guidedFamilies.includes(family)
}

/** How much is restored by a guided restore: everything; and who runs the vendor's tool, where there is one. */
export function GuidedScope({ family }: { readonly family: FamilyId }): ReactElement {
  const guided = useGuidedTexts()
  const runsTool = useStore(wizardStore, (wizard) => wizard.runsTool)
  return (
    <Panel>
      <div className={styles['stack']}>
        <p>{guided.whole}</p>
        {family === 'deviceon-server' && (
          <Switch
            label={guided.tool}
            description={guided.toolHint}
            isSelected={runsTool}
            onChange={(isRun) => choose({ runsTool: isRun })}
          />
        )}
      </div>
    </Panel>
  )
}
