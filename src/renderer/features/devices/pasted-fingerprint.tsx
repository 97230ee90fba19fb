import { CircleCheck } from 'lucide-react'
import type { ReactElement } from 'react'
import type { PinOffer } from '../../../shared/model/pin-offer.ts'
import { isSameFingerprint } from '../../parts/fingerprint-groups.ts'
import { Notice } from '../../ui/feedback/notice.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './devices.module.css'
import { useDevicesTexts } from './texts.ts'

interface PastedFingerprintProps {
  readonly offer: PinOffer
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Compares for the person: what the device shows, typed or pasted here, against what came over the network. */
export function PastedFingerprint({ offer, value, onChange }: PastedFingerprintProps): ReactElement {
  const { adding: texts } = useDevicesTexts()
  const isSame = isSameFingerprint(offer.kind, value, offer.fingerprint)
  return (
    <div className={styles['pasted']}>
      <TextField
        label={texts.paste}
        labelNote={texts.optional}
        description={isSame === undefined ? texts.pasteDescription : undefined}
        value={value}
        onChange={onChange}
        maxLength={400}
        isMono
      />
      <div role="status">
        {isSame === true && (
          <p className={styles['good']}>
            <Icon icon={CircleCheck} />
            <span>{texts.equal}</span>
          </p>
        )}
        {isSame === false && <Notice tone="bad">{texts.differ}</Notice>}
      </div>
    </div>
  )
}
