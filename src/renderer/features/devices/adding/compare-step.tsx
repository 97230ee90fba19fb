import type { ReactElement } from 'react'
import type { PinOffer } from '../../../../shared/model/pin-offer.ts'
import { Fingerprint } from '../../../parts/fingerprint.tsx'
import { isSameFingerprint } from '../../../parts/fingerprint-groups.ts'
import { Button } from '../../../ui/actions/button.tsx'
import styles from '../devices.module.css'
import { PastedFingerprint } from '../pasted-fingerprint.tsx'
import { OfferDetails } from '../offer-details.tsx'
import { useDevicesTexts } from '../texts.ts'
import type { AddingControl } from './use-adding.ts'

interface CompareStepProps {
  readonly control: AddingControl
  readonly offer: PinOffer
}

/** The fingerprint that the device showed, large, and the way to find it on the device itself. */
export function CompareBody({ control, offer }: CompareStepProps): ReactElement {
  const { adding: texts, families } = useDevicesTexts()
  const { form, pasted, setPasted } = control
  return (
    <>
      <div>
        <h3 className={styles['heading']}>{texts.compareTitle}</h3>
        <p className={styles['prose']}>{families[form.family].whereToCompare}</p>
      </div>
      <Fingerprint kind={offer.kind} fingerprint={offer.fingerprint} label={texts.offered[offer.kind]} />
      <PastedFingerprint offer={offer} value={pasted} onChange={setPasted} />
      <OfferDetails offer={offer} />
      <p className={styles['quiet']}>{texts.compareWhy}</p>
      <p className={styles['quiet']}>{texts.blindNote}</p>
    </>
  )
}

export function CompareActions({ control, offer }: CompareStepProps): ReactElement {
  const { adding: texts } = useDevicesTexts()
  const isDifferent = isSameFingerprint(offer.kind, control.pasted, offer.fingerprint) === false
  const isPending = control.adding.work.phase === 'busy'
  return (
    <>
      <Button label={texts.goBack} variant="quiet" onPress={control.back} />
      <Button
        label={texts.acceptBlind}
        isDisabled={isDifferent || isPending}
        onPress={() => void control.accept(false)}
      />
      <Button
        label={texts.acceptCompared}
        variant="primary"
        isDisabled={isDifferent}
        isPending={isPending}
        onPress={() => void control.accept(true)}
      />
    </>
  )
}
