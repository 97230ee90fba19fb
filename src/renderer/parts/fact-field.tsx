import type { ReactElement } from 'react'
import type { FamilyId } from '../../shared/model/family-id.ts'
import { longestAnswer, type AnswerKind } from '../../shared/model/stated-facts.ts'
import { Select } from '../ui/fields/select.tsx'
import { TextField } from '../ui/fields/text-field.tsx'
import { useFactText, useStatementTexts } from './statement-texts.ts'

interface FactFieldProps {
  readonly family: FamilyId
  readonly name: string
  readonly answer: AnswerKind
  /** Empty while nothing is stated. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly labelNote?: string | undefined
}

/** Stands in a list for "nothing is stated": keys of a list are never empty. */
const unstated = '-'

/** The field for one fact that only a person can know. Nothing is ever chosen for them. */
export function FactField(props: FactFieldProps): ReactElement {
  const { family, name, answer, value, onChange, labelNote } = props
  const texts = useStatementTexts()
  const { label, description, placeholder, choices } = useFactText(family, name)
  const isMoment = answer.kind === 'date-time'
  switch (answer.kind) {
    case 'yes-no':
    case 'choice': {
      const ids = answer.kind === 'choice' ? answer.choices : ['yes', 'no']
      const words: Readonly<Record<string, string>> = { yes: texts.yes, no: texts.no, ...choices }
      return (
        <Select
          label={label}
          labelNote={labelNote}
          description={description}
          value={value === '' ? unstated : value}
          onChange={(chosen) => onChange(chosen === unstated ? '' : chosen)}
          options={[
            { id: unstated, label: texts.unstated },
            ...ids.map((id) => ({ id, label: words[id] ?? id })),
          ]}
        />
      )
    }
    case 'text':
    case 'lines':
    case 'date-time':
      return (
        <TextField
          label={label}
          labelNote={labelNote}
          description={description}
          placeholder={isMoment ? texts.momentExample : placeholder}
          error={isMoment && momentOf(value) === undefined ? texts.momentOdd : undefined}
          value={isMoment ? typedMoment(value) : value}
          onChange={onChange}
          maxLength={longestAnswer}
          isMono
          {...(answer.kind === 'lines' && { rows: 3 })}
        />
      )
  }
}

/** A moment as main keeps it, written as a person here would type it; what is being typed stays as it is. */
function typedMoment(value: string): string {
  if (!/T\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return value
  const moment = new Date(value)
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16).replace('T', ' ')
}

/** The answer as main takes it, or `undefined` where it is none: a moment in the person's time becomes one in UTC. */
export function answerOf({ kind }: AnswerKind, value: string): string | undefined {
  return kind === 'date-time' ? momentOf(value) : value.trim()
}

function momentOf(value: string): string | undefined {
  if (value.trim() === '') return ''
  const moment = Date.parse(value)
  return Number.isNaN(moment) ? undefined : new Date(moment).toISOString()
}
