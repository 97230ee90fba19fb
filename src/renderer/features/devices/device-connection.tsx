import { Fingerprint as FingerprintIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import { validityProblem } from '../../../shared/model/certificate.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { useProofTexts } from '../../parts/proof.ts'
import { Fingerprint } from '../../parts/fingerprint.tsx'
import { Moment } from '../../parts/moment.tsx'
import { openDialog } from '../../stores/dialogs.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { FactList, type Fact } from '../../ui/data/fact-list.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { CredentialState } from './device-state.tsx'
import { loginStateOf } from './login-state.ts'
import { DetailSection } from './detail-section.tsx'
import styles from './devices.module.css'
import { factLines } from './fact-lines.ts'
import { useDevicesTexts } from './texts.ts'

/** The accepted fingerprint, and whether somebody has really compared it. */
export function DevicePin({ view }: { readonly view: DeviceView }): ReactElement {
  const { actions, detail } = useDevicesTexts()
  const language = useLanguage()
  const { id, pin, identity } = view.device
  const problem = identity && validityProblem(identity)
  const check = (
    <Button
      label={actions.checkPin}
      icon={FingerprintIcon}
      size="small"
      variant="quiet"
      onPress={() => openDialog({ kind: 'changed-pin', deviceId: id })}
    />
  )
  if (pin === undefined) {
    return (
      <DetailSection title={detail.fingerprint} actions={check}>
        <Notice tone="unknown">{detail.noPin}</Notice>
      </DetailSection>
    )
  }
  const { local, utc } = formatTime(pin.acceptedAt, language)
  return (
    <DetailSection title={detail.fingerprint} actions={check}>
      <div className={styles['pin']}>
        <Fingerprint
          kind={pin.kind}
          fingerprint={pin.fingerprint}
          label={detail.fingerprintOf[pin.kind]}
          size="normal"
        />
        <p className={styles['quietLine']}>
          <StatusBadge
            tone={pin.compared ? 'good' : 'caution'}
            label={pin.compared ? detail.compared : detail.notCompared}
          />
          <span title={utc}>{detail.acceptedAt(local)}</span>
        </p>
        {problem && <Notice tone="caution">{detail[problem.kind](problem.time.value.slice(0, 10))}</Notice>}
      </div>
    </DetailSection>
  )
}

/** Where the device is, and with which login it is spoken to. */
export function DeviceConnection({ view }: { readonly view: DeviceView }): ReactElement {
  const { detail } = useDevicesTexts()
  const { role: roleLabel } = useProofTexts()
  const words = wordsIn(useLanguage())
  const { address, user, tags, addedAt, role } = view.device
  const facts: readonly Fact[] = [
    { label: detail.address, value: address, isMono: true, copy: true },
    ...(user === '' ? [] : [{ label: detail.user, value: user, isMono: true }]),
    { label: detail.password, value: <CredentialState state={loginStateOf(view)} /> },
    { label: roleLabel, value: words.role[role] },
    ...(tags.length > 0 ? [{ label: detail.tags, value: tags.join(', ') }] : []),
    { label: detail.added, value: <Moment at={addedAt} /> },
  ]
  return (
    <DetailSection title={detail.connection}>
      <FactList facts={facts} />
    </DetailSection>
  )
}

/** What a person said about a device beside its address; nothing for families that need nothing. */
export function DeviceSettings({ view }: { readonly view: DeviceView }): ReactElement {
  const { detail, families } = useDevicesTexts()
  const { facts, family } = view.device
  const labels = families[family].facts
  const known = Object.entries(facts).map(([name, value]): Fact => {
    const lines = factLines(family, name, value)
    return {
      label: labels[name]?.label ?? name,
      value: <span className={styles['lines']}>{lines}</span>,
    }
  })
  if (known.length === 0) return <></>
  return (
    <DetailSection title={detail.settings}>
      <FactList facts={known} />
    </DetailSection>
  )
}
