import type { ReactElement } from 'react'
import type { LeftOut, Scope, ScopePart } from '../../../../shared/model/scope.ts'
import { escapeUntrusted } from '../../../../shared/text/escape.ts'
import { formatCount, formatSize } from '../../../../shared/text/format.ts'
import { wordsIn } from '../../../../shared/text/index.ts'
import { scopeText } from '../../../../shared/text/scope-text.ts'
import { useLanguage } from '../../../texts.ts'
import { Notice } from '../../../ui/feedback/notice.tsx'
import { Checkbox } from '../../../ui/fields/checkbox.tsx'
import { Panel } from '../../../ui/layout/panel.tsx'
import styles from '../devices.module.css'
import { useDevicesTexts } from '../texts.ts'

interface ScopePreviewProps {
  readonly scope: Scope
  /** Ids of the parts that a person takes out. */
  readonly without: ReadonlySet<string>
  readonly onChange: (without: ReadonlySet<string>) => void
}

/** What goes into a backup, part by part, and what does not, with the reason. */
export function ScopePreview({ scope, without, onChange }: ScopePreviewProps): ReactElement {
  const { backup: texts } = useDevicesTexts()
  const language = useLanguage()
  const { parts } = scope
  if (parts.length === 0) return <Notice tone="caution">{texts.noParts}</Notice>
  const chosen = parts.length - parts.filter(({ id }) => without.has(id)).length
  return (
    <>
      <div className={styles['scope']}>
        <Panel
          title={texts.parts}
          level={3}
          note={texts.partsChosen(formatCount(chosen, language), formatCount(parts.length, language))}
        >
          <div className={styles['parts']} role="group" aria-label={texts.parts}>
            <Checkbox
              label={texts.all}
              isSelected={chosen === parts.length}
              isIndeterminate={chosen > 0 && chosen < parts.length}
              onChange={(isAll) => onChange(isAll ? new Set() : new Set(parts.map(({ id }) => id)))}
            />
            <div className={styles['partList']}>
              {parts.map((part) => (
                <Part
                  key={part.id}
                  part={part}
                  isChosen={!without.has(part.id)}
                  onChange={(isChosen) =>
                    onChange(isChosen ? omit(without, part.id) : new Set([...without, part.id]))
                  }
                />
              ))}
            </div>
          </div>
        </Panel>
        <LeftOutPanel leftOut={scope.leftOut} />
      </div>
      {chosen === 0 && <Notice tone="caution">{texts.atLeastOne}</Notice>}
    </>
  )
}

interface PartProps {
  readonly part: ScopePart
  readonly isChosen: boolean
  readonly onChange: (isChosen: boolean) => void
}

function Part({ part: { title, sizeBytes }, isChosen, onChange }: PartProps): ReactElement {
  const language = useLanguage()
  return (
    <div className={styles['part']}>
      <Checkbox
        label={escapeUntrusted(scopeText(title, language), 200)}
        isSelected={isChosen}
        onChange={onChange}
      />
      {sizeBytes !== undefined && <span className={styles['figure']}>{formatSize(sizeBytes, language)}</span>}
    </div>
  )
}

/** Things left out, by reason. */
function LeftOutPanel({ leftOut }: { readonly leftOut: readonly LeftOut[] }): ReactElement {
  const { backup: texts } = useDevicesTexts()
  const language = useLanguage()
  const words = wordsIn(language)
  const shown = leftOut.filter(({ reason }) => reason !== 'not-chosen')
  const reasons = [...new Set(shown.map(({ reason }) => reason))]
  return (
    <Panel title={texts.leftOut} level={3} note={formatCount(shown.length, language)}>
      {reasons.length === 0 && <p className={styles['quiet']}>{texts.nothingLeftOut}</p>}
      <dl className={styles['leftOut']}>
        {reasons.map((reason) => {
          const things = shown.filter((thing) => thing.reason === reason)
          return (
            <div key={reason}>
              <dt>{things.map(({ what }) => escapeUntrusted(scopeText(what, language), 200)).join(', ')}</dt>
              <dd className={styles['quiet']}>{words.leftOut[reason]}</dd>
            </div>
          )
        })}
      </dl>
    </Panel>
  )
}

function omit(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...set].filter((each) => each !== id))
}
