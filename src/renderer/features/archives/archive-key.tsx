import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Failure } from '../../../shared/failure.ts'
import { cautiousLimitBytes } from '../../../shared/model/endpoint-protector-size.ts'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import { forecastSize, pastSizes, type SizeForecast } from '../../../shared/size-forecast.ts'
import { windowKeys as german } from '../../../shared/text/de/window-keys.ts'
import { windowKeys as english } from '../../../shared/text/en/window-keys.ts'
import { request } from '../../api.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { annotationsStore } from '../../stores/annotations.ts'
import { archivesStore } from '../../stores/archives.ts'
import { showMessage } from '../../stores/messages.ts'
import { useTexts } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { PasswordField } from '../../ui/fields/password-field.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { Disclosure } from '../../ui/layout/disclosure.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import styles from './archives.module.css'

const texts = { en: english, de: german }

/** The key of an Endpoint Protector backup and how near its size is to the limit; nothing for other kinds. */
export function ArchiveKey({ record }: { readonly record: ArchiveRecord }): ReactElement {
  if (record.family !== 'endpoint-protector') return <></>
  return <KeyPanel key={record.id} record={record} />
}

function KeyPanel({ record }: { readonly record: ArchiveRecord }): ReactElement {
  const words = useTexts(texts)
  const hint = useStore(annotationsStore, ({ byId }) => byId.get(record.id)?.key)
  const [isKept, setKept] = useState(false)
  const [isWarned, setWarned] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const forecast = useForecast(record)
  useEffect(() => {
    void request('keys.kept').then((result) => {
      if (result.ok) setKept(result.value.includes(record.id))
    })
  }, [record.id, hint])
  const archiveId = record.id
  const give = async (key: string): Promise<boolean> => {
    const result = await request('keys.give', { archiveId, key })
    setFailure(result.ok ? undefined : result.failure)
    if (result.ok) setWarned(!result.value.stored)
    return result.ok
  }
  const copy = async (): Promise<void> => {
    const result = await request('keys.copy', { archiveId })
    setFailure(result.ok ? undefined : result.failure)
    if (result.ok) showMessage({ tone: 'good', text: words.copied })
  }
  const sheet = async (to: 'file' | 'printer'): Promise<void> => {
    const result = await request('keys.sheet', { archiveId, to })
    setFailure(result.ok ? undefined : result.failure)
  }
  return (
    <Panel title={words.title} level={3}>
      <div className={styles['statements']}>
        {failure && <FailurePanel failure={failure} />}
        {isWarned && <Notice tone="caution">{words.notStored}</Notice>}
        {hint && <p>{words.hint(hint.lastFour, hint.sha256Start)}</p>}
        {isKept ? (
          <>
            <div className={styles['buttons']}>
              <Button size="small" label={words.copy} onPress={() => void copy()} />
              <Button size="small" label={words.sheetFile} onPress={() => void sheet('file')} />
              <Button size="small" label={words.sheetPrint} onPress={() => void sheet('printer')} />
            </div>
            <Disclosure label={words.forget}>
              <ForgetKey record={record} onFailure={setFailure} />
            </Disclosure>
          </>
        ) : (
          <>
            <p>{hint ? words.lost : words.none}</p>
            <GiveKey onGive={give} />
          </>
        )}
        <p>
          {words.size}: {words.forecast(forecast)}
        </p>
      </div>
    </Panel>
  )
}

function GiveKey({ onGive }: { readonly onGive: (key: string) => Promise<boolean> }): ReactElement {
  const words = useTexts(texts)
  const [typed, setTyped] = useState('')
  return (
    <form
      className={styles['statements']}
      onSubmit={(event) => {
        event.preventDefault()
        void onGive(typed).then((isGiven) => {
          if (isGiven) setTyped('')
        })
      }}
    >
      <PasswordField label={words.field} description={words.fieldNote} value={typed} onChange={setTyped} />
      <div>
        <Button type="submit" label={words.give} isDisabled={typed.trim() === ''} />
      </div>
    </form>
  )
}

interface ForgetKeyProps {
  readonly record: ArchiveRecord
  readonly onFailure: (failure: Failure | undefined) => void
}

function ForgetKey({ record, onFailure }: ForgetKeyProps): ReactElement {
  const words = useTexts(texts)
  const [typedName, setTypedName] = useState('')
  const forget = async (): Promise<void> => {
    const result = await request('keys.forget', { archiveId: record.id, typedName })
    onFailure(result.ok ? undefined : result.failure)
  }
  return (
    <form
      className={styles['statements']}
      onSubmit={(event) => {
        event.preventDefault()
        void forget()
      }}
    >
      <TextField
        label={words.forgetField(record.device.name)}
        description={words.forgetNote}
        value={typedName}
        onChange={setTypedName}
      />
      <div>
        <Button type="submit" label={words.forget} isDisabled={typedName !== record.device.name} />
      </div>
    </form>
  )
}

function useForecast(record: ArchiveRecord): SizeForecast {
  const byId = useStore(archivesStore, (state) => state.byId)
  return forecastSize(pastSizes(record, [...byId.values()]), cautiousLimitBytes)
}
