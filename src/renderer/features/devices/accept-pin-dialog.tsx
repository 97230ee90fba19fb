import { useState } from 'react'
import type { ReactElement } from 'react'
import type { Failure } from '../../../shared/failure.ts'
import type { Device } from '../../../shared/model/device.ts'
import type { PinOffer } from '../../../shared/model/pin-offer.ts'
import { request } from '../../api.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { closeDialog } from '../../stores/dialogs.ts'
import { applyDevice } from '../../stores/devices.ts'
import { showMessage } from '../../stores/messages.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Dialog } from '../../ui/layout/dialog.tsx'
import { BothFingerprints } from './both-fingerprints.tsx'
import styles from './devices.module.css'
import { OfferDetails } from './offer-details.tsx'
import { PinAnswerFields, usePinAnswer, type PinAnswer } from './pin-answer.tsx'
import { PinVerdict } from './pin-verdict.tsx'
import { useDevicesTexts } from './texts.ts'

interface AcceptPinDialogProps {
  readonly device: Device
  readonly offer: PinOffer
}

/** Both fingerprints, what a change can mean, and what it takes to accept the new one. Nothing is chosen beforehand. */
export function AcceptPinDialog({ device, offer }: AcceptPinDialogProps): ReactElement {
  const { pin: texts, families } = useDevicesTexts()
  const control = usePinAnswer(offer)
  const { answer } = control
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const [isPending, setPending] = useState(false)
  const accept = async (given: PinAnswer): Promise<void> => {
    setPending(true)
    const result = await request('devices.acceptPin', { id: device.id, ...given })
    setPending(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    applyDevice(result.value)
    closeDialog()
    showMessage({ tone: 'good', text: texts.acceptedNow(device.name) })
  }
  return (
    <Dialog
      isOpen
      size="large"
      role="alertdialog"
      title={texts.title(device.name)}
      subtitle={device.address}
      onClose={closeDialog}
      onSubmit={() => {
        if (answer !== undefined && !isPending) void accept(answer)
      }}
      actions={
        <>
          <Button label={texts.keep} onPress={closeDialog} isAutoFocused />
          <Button
            label={texts.accept}
            variant="danger"
            type="submit"
            isDisabled={answer === undefined}
            isPending={isPending}
          />
        </>
      }
    >
      <div className={styles['step']}>
        <PinVerdict device={device} />
        <BothFingerprints device={device} offer={offer} />
        <p className={styles['prose']}>{families[device.family].whereToCompare}</p>
        <OfferDetails offer={offer} />
        <PinAnswerFields control={control} />
        {failure !== undefined && <FailurePanel failure={failure} />}
      </div>
    </Dialog>
  )
}
