import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { IdentityChoice, RestorePlan } from '../../../shared/model/restore.ts'
import { keptName, keptReason, removalGroups, removalKind } from '../../../shared/text/choice-text.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { useLanguage } from '../../texts.ts'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { RadioGroup } from '../../ui/fields/radio-group.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import { valueOf } from '../../stores/loaded.ts'
import prose from '../../ui/prose.module.css'
import styles from './restore.module.css'
import { useRestoreTexts } from './texts.ts'
import { choose, makePlan, wizardStore } from './wizard-store.ts'

const mostShown = 48

/** What makes the target itself: each kept, or taken from the archive, with both values. */
export function KeepChoices({ choices }: { readonly choices: readonly IdentityChoice[] }): ReactElement {
  const { options: texts } = useRestoreTexts()
  const language = useLanguage()
  const [first, ...others] = choices
  if (first === undefined) return <></>
  const isNoneOffered = choices.every(({ offered }) => !offered)
  if (isNoneOffered && others.every(({ reason }) => reason === first.reason)) {
    return (
      <Panel title={texts.identity} level={3}>
        <p>{keptReason(first, language)}</p>
      </Panel>
    )
  }
  return (
    <Panel title={texts.identity} level={3}>
      <div className={styles['stack']}>
        {choices.map((choice) => (
          <KeepChoice key={choice.id} choice={choice} />
        ))}
      </div>
    </Panel>
  )
}

function KeepChoice({ choice }: { readonly choice: IdentityChoice }): ReactElement {
  const { options: texts } = useRestoreTexts()
  const language = useLanguage()
  const keep = useStore(wizardStore, (wizard) => wizard.keep)
  const { id, offered, taken, kept } = choice
  const valued = (word: string, value: string | undefined): string =>
    value === undefined ? word : `${word}: ${escapeUntrusted(clipped(value))}`
  const name = keptName(id, language)
  if (!offered) {
    return (
      <p>
        {name.charAt(0).toUpperCase() + name.slice(1)}: {keptReason(choice, language)}
      </p>
    )
  }
  return (
    <RadioGroup
      label={name.charAt(0).toUpperCase() + name.slice(1)}
      value={keep.includes(id) ? 'keep' : 'take'}
      onChange={(chosen) => {
        const others = keep.filter((each) => each !== id)
        choose({ keep: chosen === 'keep' ? [...others, id] : others })
        void makePlan()
      }}
      direction="row"
      options={[
        { id: 'take', label: valued(texts.take, taken) },
        { id: 'keep', label: valued(texts.keep, kept) },
      ]}
    />
  )
}

/**
 * The plan whose answers of the device are shown: the last one that was made, also while other choices, which do not
 * touch what the device said, have made it void.
 */
export function useShownPlan(): RestorePlan | undefined {
  const { plan, mode } = useStore(wizardStore)
  const ready = valueOf(plan ?? { phase: 'loading' })
  const [last, setLast] = useState(ready)
  if (ready !== undefined && ready !== last) setLast(ready)
  return last?.options.mode === mode ? last : undefined
}

/** Fingerprints are long, and their beginning tells them apart here. */
function clipped(value: string): string {
  return value.length > mostShown ? `${value.slice(0, mostShown / 2)} …` : value
}

/** What the chosen mode would take away from this device, counted and named. */
export function Removals({ plan }: { readonly plan: RestorePlan | undefined }): ReactElement {
  const { options: texts } = useRestoreTexts()
  const isFailed = useStore(wizardStore, (wizard) => wizard.plan?.phase === 'failed')
  if (plan === undefined) return isFailed ? <></> : <Spinner label={texts.asking} />
  return <RemovalsOf plan={plan} />
}

/** As `Removals`, of a plan that is there. */
export function RemovalsOf({ plan }: { readonly plan: RestorePlan }): ReactElement {
  const { options: texts } = useRestoreTexts()
  const language = useLanguage()
  const { removals } = plan
  if (removals === undefined) return <Notice tone="unknown">{texts.removesUnknown}</Notice>
  if (removals.length === 0) return <p>{texts.removesNothing}</p>
  return (
    <div>
      <p>{texts.removes(removals.length)}</p>
      <ul className={prose['points']}>
        {removalGroups(removals).map(({ kind, names }) => (
          <li key={kind}>
            {String(names.length)} {removalKind(kind, names.length, language)}:{' '}
            {escapeUntrusted(names.join(', '))}
          </li>
        ))}
      </ul>
    </div>
  )
}
