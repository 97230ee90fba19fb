import { useState } from 'react'
import type { ReactElement } from 'react'
import type { Failure } from '../../../shared/failure.ts'
import type { Device } from '../../../shared/model/device.ts'
import type { PinOffer } from '../../../shared/model/pin-offer.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { Fingerprint } from '../../parts/fingerprint.tsx'
import { typedEnd } from '../../parts/fingerprint-groups.ts'
import { closeDialog } from '../../stores/dialogs.ts'
import { applyDevice } from '../../stores/devices.ts'
import { showMessage } from '../../stores/messages.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { RadioGroup } from '../../ui/fields/radio-group.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { Dialog } from '../../ui/layout/dialog.tsx'
import styles from './devices.module.css'
import { OfferDetails } from './offer-details.tsx'
import { PinVerdict } from './pin-verdict.tsx'
import { useDevicesTexts } from './texts.ts'

type Ground = 'compared' | 'blind'

interface AcceptPinDialogProps {
  readonly device: Device
  readonly offer: PinOffer
}

/** Both fingerprints, what a change can mean, and what it takes to accept the new one. Nothing is chosen beforehand. */
export function AcceptPinDialog({ device, offer }: AcceptPinDialogProps): ReactElement {
  const { pin: texts, families } = useDevicesTexts()
  const [ground, setGround] = useState<Ground | undefined>(undefined)
  const [typed, setTyped] = useState('')
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const [isPending, setPending] = useState(false)
  const end = typedEnd(offer.kind, typed)
  const isRight = end.toLowerCase() === offer.fingerprint.slice(-8).toLowerCase()
  const accept = async (): Promise<void> => {
    setPending(true)
    const { offerId } = offer
    const compared = ground === 'compared'
    const result = await request('devices.acceptPin', { id: device.id, offerId, lastEight: end, compared })
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
        if (isRight && ground !== undefined && !isPending) void accept()
      }}
      actions={
        <>
          <Button label={texts.keep} onPress={closeDialog} isAutoFocused />
          <Button
            label={texts.accept}
            variant="danger"
            type="submit"
            isDisabled={!isRight || ground === undefined}
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
        <RadioGroup
          label={texts.how}
          value={ground}
          onChange={setGround}
          options={[
            { id: 'compared', label: texts.compared },
            { id: 'blind', label: texts.blind },
          ]}
        />
        <TextField
          label={texts.typeEnd}
          description={texts.typeEndDescription}
          value={typed}
          onChange={setTyped}
          maxLength={20}
          isMono
          {...(end.length >= 8 && !isRight && { error: texts.endWrong })}
        />
        {failure !== undefined && <FailurePanel failure={failure} />}
      </div>
    </Dialog>
  )
}

function BothFingerprints({ device: { pin }, offer }: AcceptPinDialogProps): ReactElement {
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
