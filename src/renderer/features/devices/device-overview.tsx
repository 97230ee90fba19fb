import { ScanSearch } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import type { Identity } from '../../../shared/model/identity.ts'
import { formatSize, formatTime } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { readIdentity } from '../../device-jobs.ts'
import { Moment } from '../../parts/moment.tsx'
import { isUnfinished, jobsStore } from '../../stores/jobs.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { FactList, type Fact } from '../../ui/data/fact-list.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { DeviceConnection, DevicePin, DeviceSettings } from './device-connection.tsx'
import { DetailSection } from './detail-section.tsx'
import styles from './devices.module.css'
import { devicesTexts, useDevicesTexts } from './texts.ts'

/** What a device is, how it is reached, and how it is told from others. */
export function DeviceOverview({ view }: { readonly view: DeviceView }): ReactElement {
  return (
    <div className={styles['sections']}>
      <DeviceIdentity view={view} />
      <DevicePin view={view} />
      <DeviceConnection view={view} />
      <DeviceSettings view={view} />
    </div>
  )
}

function DeviceIdentity({ view }: { readonly view: DeviceView }): ReactElement {
  const { detail } = useDevicesTexts()
  const language = useLanguage()
  const { id, identity } = view.device
  const isBusy = useStore(jobsStore, ({ newestOf }) => {
    const newest = newestOf.get(id)
    return newest !== undefined && isUnfinished(newest)
  })
  const read = (label: string): ReactElement => (
    <Button
      label={label}
      icon={ScanSearch}
      size="small"
      variant="quiet"
      isDisabled={isBusy}
      onPress={() => void readIdentity(id)}
    />
  )
  if (identity === undefined) {
    return (
      <DetailSection title={detail.identity} actions={read(detail.readNow)}>
        <Notice tone="unknown">{detail.neverRead}</Notice>
      </DetailSection>
    )
  }
  return (
    <DetailSection
      title={detail.identity}
      note={
        <>
          {detail.readAt} <Moment at={identity.readAt} look="age" />
        </>
      }
      actions={read(detail.readAgain)}
    >
      <FactList facts={identityFacts(identity, language)} />
    </DetailSection>
  )
}

const textFacts = [
  'model',
  'serial',
  'systemVersion',
  'architecture',
  'operatingSystem',
  'hostname',
  'operatingState',
] as const

/** What is known, each with where it came from and when. What came another way than from the device says so in sight. */
export function identityFacts(identity: Identity, language: Language): readonly Fact[] {
  const { detail } = devicesTexts[language]
  const { provenance: provenances } = wordsIn(language)
  const known = (
    label: string,
    value: string,
    { provenance, readAt }: { readonly provenance: keyof typeof provenances; readonly readAt: string },
  ): Fact => {
    const { local, utc } = formatTime(readAt, language)
    return {
      label,
      value,
      title: detail.factTitle(provenances[provenance], local, utc),
      ...(provenance !== 'probed' && { note: provenances[provenance] }),
    }
  }
  const texts = textFacts.flatMap((name): readonly Fact[] => {
    const fact = identity[name]
    if (fact === undefined) return []
    const shown = known(detail.facts[name], fact.value, fact)
    return [name === 'serial' ? { ...shown, isMono: true, copy: true } : shown]
  })
  const { freeBytes, rights } = identity
  return [
    ...texts,
    ...(freeBytes ? [known(detail.facts.freeBytes, formatSize(freeBytes.value, language), freeBytes)] : []),
    ...(rights && rights.value.length > 0
      ? [{ ...known(detail.facts.rights, rights.value.join(', '), rights), isMono: true }]
      : []),
  ]
}
