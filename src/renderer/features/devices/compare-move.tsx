import { useState } from 'react'
import type { ReactElement } from 'react'
import type { Failure } from '../../../shared/failure.ts'
import type { Device } from '../../../shared/model/device.ts'
import type { PinOffer } from '../../../shared/model/pin-offer.ts'
import { request } from '../../api.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { Fingerprint } from '../../parts/fingerprint.tsx'
import { closeDialog } from '../../stores/dialogs.ts'
import { showMessage } from '../../stores/messages.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Dialog } from '../../ui/layout/dialog.tsx'
import { BothFingerprints } from './both-fingerprints.tsx'
import styles from './devices.module.css'
import { OfferDetails } from './offer-details.tsx'
import { PinAnswerFields, usePinAnswer, type PinAnswer } from './pin-answer.tsx'
import { useDevicesTexts } from './texts.ts'

interface CompareMoveProps {
  readonly device: Device
  readonly offer: PinOffer
  readonly back: () => void
}

/** What the new address shows, beside what was accepted. Only another fingerprint has to be looked at by a person. */
export function CompareMove({ device, offer, back }: CompareMoveProps): ReactElement {
  const { moving: texts, adding } = useDevicesTexts()
  const control = usePinAnswer(offer)
  const answer = unchangedAnswer(device, offer) ?? control.answer
  const isSame = offer.fingerprint === device.pin?.fingerprint
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const [isPending, setPending] = useState(false)
  const move = async (given: PinAnswer): Promise<void> => {
    setPending(true)
    const result = await request('devices.move', { id: device.id, ...given })
    setPending(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    closeDialog()
    showMessage({ tone: 'good', text: texts.moved(device.name, offer.address) })
  }
  return (
    <Dialog
      isOpen
      size="large"
      role={isSame ? 'dialog' : 'alertdialog'}
      title={texts.title(device.name)}
      subtitle={texts.fromTo(device.address, offer.address)}
      onClose={closeDialog}
      onSubmit={() => {
        if (answer !== undefined && !isPending) void move(answer)
      }}
      actions={
        <>
          <Button label={adding.goBack} variant="quiet" onPress={back} />
          <Button label={texts.stay} onPress={closeDialog} isAutoFocused={!isSame} />
          <Button
            label={texts.move}
            variant={isSame ? 'primary' : 'danger'}
            type="submit"
            isDisabled={answer === undefined}
            isPending={isPending}
          />
        </>
      }
    >
      <div className={styles['step']}>
        {isSame ? (
          <SameFingerprint offer={offer} />
        ) : (
          <OtherFingerprint device={device} offer={offer} control={control} />
        )}
        {failure !== undefined && <FailurePanel failure={failure} />}
      </div>
    </Dialog>
  )
}

/** The accepted fingerprint at another address asks nothing of a person, and says no more than was compared before. */
function unchangedAnswer({ pin }: Device, { offerId, fingerprint }: PinOffer): PinAnswer | undefined {
  if (pin?.fingerprint !== fingerprint) return undefined
  return { offerId, lastEight: fingerprint.slice(-8), compared: pin.compared }
}

function SameFingerprint({ offer }: { readonly offer: PinOffer }): ReactElement {
  const { moving, pin } = useDevicesTexts()
  return (
    <>
      <Notice tone="good">{moving.same}</Notice>
      <Fingerprint kind={offer.kind} fingerprint={offer.fingerprint} label={pin.shown} />
    </>
  )
}

interface OtherFingerprintProps {
  readonly device: Device
  readonly offer: PinOffer
  readonly control: ReturnType<typeof usePinAnswer>
}

function OtherFingerprint({ device, offer, control }: OtherFingerprintProps): ReactElement {
  const { moving, families } = useDevicesTexts()
  return (
    <>
      <Notice tone="caution">{moving.differs(device.name)}</Notice>
      <BothFingerprints device={device} offer={offer} />
      <p className={styles['prose']}>{families[device.family].whereToCompare}</p>
      <OfferDetails offer={offer} />
      <PinAnswerFields control={control} />
    </>
  )
}
