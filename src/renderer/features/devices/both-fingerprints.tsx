import type { ReactElement } from 'react'
import type { Device } from '../../../shared/model/device.ts'
import type { PinOffer } from '../../../shared/model/pin-offer.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { Fingerprint } from '../../parts/fingerprint.tsx'
import { useLanguage } from '../../texts.ts'
import styles from './devices.module.css'
import { useDevicesTexts } from './texts.ts'

interface BothFingerprintsProps {
  readonly device: Device
  readonly offer: PinOffer
}

/** The accepted fingerprint beside the one that is shown, with the characters marked that a person types. */
export function BothFingerprints({ device: { pin }, offer }: BothFingerprintsProps): ReactElement {
  const { pin: texts } = useDevicesTexts()
  const language = useLanguage()
  return (
    <div className={styles['both']}>
      {pin !== undefined && (
        <Fingerprint
          kind={pin.kind}
          fingerprint={pin.fingerprint}
          label={texts.accepted(formatTime(pin.acceptedAt, language).local)}
        />
      )}
      <Fingerprint kind={offer.kind} fingerprint={offer.fingerprint} label={texts.shown} marksEnd />
    </div>
  )
}
