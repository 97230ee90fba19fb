import type { ReactElement } from 'react'
import type { DeviceFacts } from '../../../../shared/model/device.ts'
import type { FamilyId } from '../../../../shared/model/family-id.ts'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { Disclosure } from '../../../ui/layout/disclosure.tsx'
import styles from '../devices.module.css'
import { useDevicesTexts } from '../texts.ts'
import { familyForms, type FactField } from './family-forms.ts'

interface FactFieldsProps {
  readonly family: FamilyId
  readonly facts: DeviceFacts
  readonly onChange: (facts: DeviceFacts) => void
}

/** What a family wants to know of a device beside its address; what most devices do not need is folded away. */
export function FactFields({ family, facts, onChange }: FactFieldsProps): ReactElement {
  const texts = useDevicesTexts()
  const { facts: fields } = familyForms[family]
  const fieldOf = ({ name, kind }: FactField): ReactElement => {
    const { label = name, description, placeholder } = texts.families[family].facts[name] ?? {}
    return (
      <TextField
        key={name}
        label={label}
        labelNote={texts.adding.optional}
        description={description}
        placeholder={placeholder}
        value={facts[name] ?? ''}
        onChange={(value) => onChange({ ...facts, [name]: value })}
        maxLength={4000}
        isMono
        {...(kind === 'lines' && { rows: 3 })}
      />
    )
  }
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
