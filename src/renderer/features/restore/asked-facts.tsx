import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Failure } from '../../../shared/failure.ts'
import type { Question } from '../../../shared/model/finding.ts'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import type { Device } from '../../../shared/model/device.ts'
import { statedFactsAbout } from '../../../shared/model/stated-facts.ts'
import type { Result } from '../../../shared/result.ts'
import { request } from '../../api.ts'
import { answerOf, FactField } from '../../parts/fact-field.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { useStatementTexts } from '../../parts/statement-texts.ts'
import { annotationsStore } from '../../stores/annotations.ts'
import { archiveOf } from '../../stores/archives.ts'
import { applyDevice, deviceOf } from '../../stores/devices.ts'
import { Button } from '../../ui/actions/button.tsx'
import styles from './restore.module.css'
import { choose, makePlan, wizardStore } from './wizard-store.ts'

/** The questions of a finding that only a person can answer, each with the field for its answer. */
export function AskedFacts({ asks }: { readonly asks: readonly Question[] }): ReactElement {
  const texts = useStatementTexts()
  const { archiveId, deviceId } = useStore(wizardStore)
  const record = archiveOf(archiveId)
  const device = deviceOf(deviceId)?.device
  if (record === undefined || device === undefined) return <></>
  return (
    <div className={styles['asked']}>
      <p className={styles['askedWhy']}>{texts.asks}</p>
      {asks.map((question) => (
        <AskedFact
          key={`${question.about} ${question.fact}`}
          question={question}
          record={record}
          device={device}
        />
      ))}
    </div>
  )
}

interface AskedFactProps {
  readonly question: Question
  readonly record: ArchiveRecord
  readonly device: Device
}

function AskedFact({ question, record, device }: AskedFactProps): ReactElement {
  const { about, fact: name } = question
  const texts = useStatementTexts()
  const kept = useStore(annotationsStore, ({ byId }) => byId.get(record.id)?.stated[name]?.value)
  const known = (about === 'archive' ? kept : device.facts[name]) ?? ''
  const [typed, setTyped] = useState<string>()
  const [failure, setFailure] = useState<Failure>()
  const [isBusy, setBusy] = useState(false)
  const family = about === 'archive' ? record.family : device.family
  const fact = statedFactsAbout(family, about).find((each) => each.name === name)
  if (fact === undefined) return <></>
  const value = typed ?? known
  const answer = answerOf(fact.answer, value)
  const state = async (given: string): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    const stated = await stateFact(question, record, device, given)
    setBusy(false)
    if (!stated.ok) {
      setFailure(stated.failure)
      return
    }
    // The plan was made without this statement.
    choose({})
    void makePlan()
  }
  return (
    <form
      className={styles['askedFact']}
      onSubmit={(event) => {
        event.preventDefault()
        if (answer !== undefined && !isBusy) void state(answer)
      }}
    >
      {failure && <FailurePanel failure={failure} />}
      <FactField
        family={family}
        name={name}
        answer={fact.answer}
        value={value}
        onChange={setTyped}
        labelNote={texts.of[about](about === 'archive' ? record.device.name : device.name)}
      />
      <Button
        type="submit"
        size="small"
        label={texts.save}
        isDisabled={answer === undefined || value === known}
        isPending={isBusy}
      />
    </form>
  )
}

async function stateFact(
  { about, fact }: Question,
  { id: archiveId }: ArchiveRecord,
  { id, facts }: Device,
  value: string,
): Promise<Result<unknown>> {
  if (about === 'archive') return await request('annotations.state', { archiveId, facts: { [fact]: value } })
  const given = Object.entries({ ...facts, [fact]: value }).filter(([, each]) => each !== '')
  const changed = await request('devices.change', { id, facts: Object.fromEntries(given) })
  if (changed.ok) applyDevice(changed.value)
  return changed
}
