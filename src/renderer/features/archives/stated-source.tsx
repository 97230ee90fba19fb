import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Failure } from '../../../shared/failure.ts'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import { statedFactsAbout, type StatedFact } from '../../../shared/model/stated-facts.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { answerOf, FactField } from '../../parts/fact-field.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { useFactText, useStatementTexts } from '../../parts/statement-texts.ts'
import { annotationsStore } from '../../stores/annotations.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { FactList } from '../../ui/data/fact-list.tsx'
import { Disclosure } from '../../ui/layout/disclosure.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import styles from './archives.module.css'

/** What a person stated of an archive's source, and the fields to state more; nothing where nothing can be stated. */
export function StatedSource({ record }: { readonly record: ArchiveRecord }): ReactElement {
  const texts = useStatementTexts()
  const stated = useStore(annotationsStore, ({ byId }) => byId.get(record.id)?.stated) ?? {}
  const known = statedFactsAbout(record.family, 'archive')
  if (known.length === 0) return <></>
  const given = known.filter(({ name }) => stated[name] !== undefined)
  return (
    <Panel title={texts.title} level={3}>
      {given.length === 0 && <p>{texts.none}</p>}
      {given.map((fact) => (
        <Statement key={fact.name} record={record} fact={fact} said={stated[fact.name]} />
      ))}
      <Disclosure label={texts.edit}>
        <StateFacts key={record.id} record={record} known={known} />
      </Disclosure>
    </Panel>
  )
}

interface StatementProps {
  readonly record: ArchiveRecord
  readonly fact: StatedFact
  readonly said: { readonly value: string; readonly statedAt: string } | undefined
}

function Statement({ record, fact, said }: StatementProps): ReactElement {
  const texts = useStatementTexts()
  const language = useLanguage()
  const { label, choices } = useFactText(record.family, fact.name)
  if (said === undefined) return <></>
  const words: Readonly<Record<string, string>> = { yes: texts.yes, no: texts.no, ...choices }
  const { local, utc } = formatTime(said.statedAt, language)
  const shown = fact.answer.kind === 'date-time' ? formatTime(said.value, language).local : said.value
  const value = words[said.value] ?? escapeUntrusted(shown, 4000)
  return <FactList facts={[{ label, value, note: texts.statedAt(local), title: utc }]} />
}

interface StateFactsProps {
  readonly record: ArchiveRecord
  readonly known: readonly StatedFact[]
}

function StateFacts({ record, known }: StateFactsProps): ReactElement {
  const texts = useStatementTexts()
  const stated = useStore(annotationsStore, ({ byId }) => byId.get(record.id)?.stated) ?? {}
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<Failure>()
  const [isBusy, setBusy] = useState(false)
  const answers = known
    .filter(({ name }) => typed[name] !== undefined)
    .map(({ name, answer }) => [name, answerOf(answer, typed[name] ?? '')] as const)
  const isComplete = answers.length > 0 && answers.every(([, answer]) => answer !== undefined)
  const keep = async (): Promise<void> => {
    setBusy(true)
    const facts = Object.fromEntries(answers.map(([name, answer]) => [name, answer ?? '']))
    const result = await request('annotations.state', { archiveId: record.id, facts })
    setBusy(false)
    setFailure(result.ok ? undefined : result.failure)
    if (result.ok) setTyped({})
  }
  return (
    <form
      className={styles['statements']}
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete && !isBusy) void keep()
      }}
    >
      {failure && <FailurePanel failure={failure} />}
      {known.map(({ name, answer }) => (
        <FactField
          key={name}
          family={record.family}
          name={name}
          answer={answer}
          value={typed[name] ?? stated[name]?.value ?? ''}
          onChange={(value) => setTyped({ ...typed, [name]: value })}
        />
      ))}
      <div>
        <Button type="submit" label={texts.keep} isDisabled={!isComplete} isPending={isBusy} />
      </div>
    </form>
  )
}
