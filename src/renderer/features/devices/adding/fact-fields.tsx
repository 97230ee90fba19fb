import type { ReactElement } from 'react'
import type { DeviceFacts } from '../../../../shared/model/device.ts'
import type { FamilyId } from '../../../../shared/model/family-id.ts'
import type { AnswerKind } from '../../../../shared/model/stated-facts.ts'
import { FactField } from '../../../parts/fact-field.tsx'
import { Disclosure } from '../../../ui/layout/disclosure.tsx'
import styles from '../devices.module.css'
import { useDevicesTexts } from '../texts.ts'
import { familyForms, type FactField as FactFieldOf } from './family-forms.ts'

interface FactFieldsProps {
  readonly family: FamilyId
  readonly facts: DeviceFacts
  readonly onChange: (facts: DeviceFacts) => void
}

/** What a family wants to know of a device beside its address; what most devices do not need is folded away. */
export function FactFields({ family, facts, onChange }: FactFieldsProps): ReactElement {
  const texts = useDevicesTexts()
  const { facts: fields } = familyForms[family]
  const fieldOf = (field: FactFieldOf): ReactElement => (
    <FactField
      key={field.name}
      family={family}
      name={field.name}
      answer={answerOf(field)}
      value={facts[field.name] ?? ''}
      onChange={(value) => onChange({ ...facts, [field.name]: value })}
      labelNote={texts.adding.optional}
    />
  )
  const more = fields.filter(({ place }) => place === 'more')
  return (
    <>
      {fields.filter(({ place }) => place === 'first').map(fieldOf)}
      {more.length > 0 && (
        <Disclosure label={texts.adding.more}>
          <div className={styles['step']}>{more.map(fieldOf)}</div>
        </Disclosure>
      )}
    </>
  )
}

function answerOf({ kind, choices = [] }: FactFieldOf): AnswerKind {
  switch (kind) {
    case 'choice':
      return { kind: 'choice', choices }
    case 'lines':
      return { kind: 'lines' }
    case 'line':
      return { kind: 'text' }
  }
}
