import type { ReactElement } from 'react'
import type { LeftOut, Scope } from '../../../../shared/model/scope.ts'
import { escapeUntrusted } from '../../../../shared/text/escape.ts'
import { formatCount, formatSize } from '../../../../shared/text/format.ts'
import { wordsIn } from '../../../../shared/text/index.ts'
import { useLanguage } from '../../../texts.ts'
import { FactList } from '../../../ui/data/fact-list.tsx'
import { Notice } from '../../../ui/feedback/notice.tsx'
import { Checkbox } from '../../../ui/fields/checkbox.tsx'
import { Disclosure } from '../../../ui/layout/disclosure.tsx'
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
            {parts.map(({ id, title, sizeBytes }) => (
              <div key={id} className={styles['part']}>
                <Checkbox
                  label={escapeUntrusted(title, 200)}
                  isSelected={!without.has(id)}
                  onChange={(isChosen) => onChange(isChosen ? omit(without, id) : new Set([...without, id]))}
                />
                {sizeBytes !== undefined && (
                  <span className={styles['figure']}>{formatSize(sizeBytes, language)}</span>
                )}
              </div>
            ))}
          </div>
        </div>
      </Panel>
      {chosen === 0 && <Notice tone="caution">{texts.atLeastOne}</Notice>}
      <LeftOutList leftOut={scope.leftOut} />
    </>
  )
}

/** Things left out, one line a reason. */
function LeftOutList({ leftOut }: { readonly leftOut: readonly LeftOut[] }): ReactElement {
  const { backup: texts } = useDevicesTexts()
  const language = useLanguage()
  const words = wordsIn(language)
  const shown = leftOut.filter(({ reason }) => reason !== 'not-chosen')
  if (shown.length === 0) return <p className={styles['quiet']}>{texts.nothingLeftOut}</p>
  const reasons = [...new Set(shown.map(({ reason }) => reason))]
  return (
    <Disclosure label={texts.leftOut} note={formatCount(shown.length, language)}>
      <FactList
        facts={reasons.map((reason) => ({
          label: words.leftOut[reason],
          value: shown
            .filter((thing) => thing.reason === reason)
            .map(({ what }) => escapeUntrusted(what, 200))
            .join(', '),
        }))}
      />
    </Disclosure>
  )
}

function omit(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...set].filter((each) => each !== id))
}
