import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import type { RestorePlan } from '../../../shared/model/restore.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { archivesStore } from '../../stores/archives.ts'
import { deviceOf } from '../../stores/devices.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Checkbox } from '../../ui/fields/checkbox.tsx'
import { PasswordField } from '../../ui/fields/password-field.tsx'
import { RadioGroup } from '../../ui/fields/radio-group.tsx'
import { Switch } from '../../ui/fields/switch.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { KeepChoices, Removals, useShownPlan } from './keep-choices.tsx'
import { GuidedScope, isGuided } from './guided-options.tsx'
import { useGuidedTexts } from './guided-plan.tsx'
import styles from './restore.module.css'
import { StepFrame } from './step-frame.tsx'
import { useRestoreTexts } from './texts.ts'
import { isReason, optionsOf } from './wizard.ts'
import { choose, goToStep, makePlan, wizardStore } from './wizard-store.ts'

/** What is restored, and the way back. The plan is made anew from these choices when the person goes on. */
export function OptionsStep(): ReactElement {
  const texts = useRestoreTexts()
  const wizard = useStore(wizardStore)
  const record = useStore(archivesStore, ({ byId }) =>
    wizard.archiveId === undefined ? undefined : byId.get(wizard.archiveId),
  )
  const shown = useShownPlan()
  const isComplete =
    (wizard.takesSafetyBackup || isReason(wizard.safetyReason)) && optionsOf(wizard).parts?.length !== 0
  return (
    <StepFrame
      intro={<p>{texts.options.intro}</p>}
      actions={
        <>
          <Button label={texts.back} onPress={() => goToStep('check')} />
          <Button
            variant="primary"
            label={texts.next.options}
            isDisabled={!isComplete}
            isPending={wizard.plan?.phase === 'loading'}
            onPress={() => void makePlan('confirm')}
          />
        </>
      }
    >
      {wizard.plan?.phase === 'failed' && (
        <FailurePanel
          failure={wizard.plan.failure}
          actions={
            <FailureActions
              failure={wizard.plan.failure}
              deviceId={wizard.deviceId}
              retry={() => void makePlan('confirm')}
            />
          }
        />
      )}
      {record !== undefined &&
        (isGuided(record.family) ? (
          <GuidedScope family={record.family} />
        ) : (
          <Scope record={record} shown={shown} />
        ))}
      <KeepChoices choices={shown?.identityChoices ?? []} />
      <Safety isByPerson={record?.family === 'endpoint-protector'} />
      {record?.family === 'ctrlx-core' && <ArchivePassword record={record} />}
    </StepFrame>
  )
}

interface ScopeProps {
  readonly record: ArchiveRecord
  readonly shown: RestorePlan | undefined
}

function Scope({ record, shown }: ScopeProps): ReactElement {
  const { options } = useRestoreTexts()
  const { mode, parts } = useStore(wizardStore)
  if (record.family === 'ctrlx-core') {
    return (
      <Panel>
        <div className={styles['stack']}>
          <RadioGroup
            label={options.mode}
            description={options.allParts}
            value={mode}
            onChange={(chosen) => {
              // A replace keeps nothing, so what was chosen before is no choice any more.
              choose(chosen === 'replace' ? { mode: chosen, keep: [] } : { mode: chosen })
              void makePlan()
            }}
            options={[
              { id: 'merge', label: options.merge, description: options.mergeHint },
              { id: 'replace', label: options.replace, description: options.replaceHint },
            ]}
          />
          <Removals plan={shown} />
        </div>
      </Panel>
    )
  }
  const all = record.scope.parts.filter(({ chosen }) => chosen)
  const chosen = new Set(parts ?? all.map(({ id }) => id))
  const choosePart = (id: string, isChosen: boolean): void => {
    const ids = all.map((part) => part.id).filter((part) => (part === id ? isChosen : chosen.has(part)))
    choose({ parts: ids.length === all.length ? undefined : ids })
  }
  return (
    <Panel title={options.parts} level={3} note={options.mergeHint}>
      <div className={styles['stack']}>
        {all.map(({ id, title }) => (
          <Checkbox
            key={id}
            label={escapeUntrusted(title)}
            isSelected={chosen.has(id)}
            onChange={(isChosen) => choosePart(id, isChosen)}
          />
        ))}
      </div>
    </Panel>
  )
}

function Safety({ isByPerson }: { readonly isByPerson: boolean }): ReactElement {
  const { options } = useRestoreTexts()
  const guided = useGuidedTexts()
  const { takesSafetyBackup, safetyReason, deviceId } = useStore(wizardStore)
  const name = deviceOf(deviceId)?.device.name ?? ''
  return (
    <Panel>
      <div className={styles['stack']}>
        <Switch
          label={isByPerson ? guided.snapshot : options.safety}
          description={(isByPerson ? guided.snapshotHint : options.safetyHint)(name)}
          isSelected={takesSafetyBackup}
          onChange={(isTaken) => choose({ takesSafetyBackup: isTaken })}
        />
        {!takesSafetyBackup && (
          <>
            <Notice tone="caution">{options.noSafety}</Notice>
            <TextField
              label={options.reason}
              description={options.reasonHint}
              value={safetyReason}
              onChange={(reason) => choose({ safetyReason: reason })}
              maxLength={500}
              isRequired
            />
          </>
        )}
      </div>
    </Panel>
  )
}

function ArchivePassword({ record }: { readonly record: ArchiveRecord }): ReactElement {
  const { options } = useRestoreTexts()
  const password = useStore(wizardStore, (wizard) => wizard.password)
  return (
    <Panel>
      <PasswordField
        label={options.password}
        description={record.passwordProtected ? options.passwordHint : options.passwordMaybe}
        value={password}
        onChange={(typed) => wizardStore.setState({ password: typed })}
        maxLength={2000}
      />
    </Panel>
  )
}
