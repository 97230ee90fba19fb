import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Device, DeviceId } from '../../../shared/model/device.ts'
import type { PinOffer } from '../../../shared/model/pin-offer.ts'
import { request } from '../../api.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { Fingerprint } from '../../parts/fingerprint.tsx'
import { useShellTexts } from '../../shell-texts.ts'
import { closeDialog } from '../../stores/dialogs.ts'
import { devicesStore } from '../../stores/devices.ts'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Dialog } from '../../ui/layout/dialog.tsx'
import { AcceptPinDialog } from './accept-pin-dialog.tsx'
import styles from './devices.module.css'
import { useDevicesTexts } from './texts.ts'

/** Asks the device for its fingerprint and sets it beside the accepted one. A changed one is a hard stop. */
export function ChangedPinDialog({ deviceId }: { readonly deviceId: DeviceId }): ReactElement {
  const device = useStore(devicesStore, ({ byId }) => byId.get(deviceId)?.device)
  const [offer, setOffer] = useState<Loaded<PinOffer>>(loading)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let isWanted = true
    void request('devices.offerPin', { id: deviceId }).then((result) => {
      if (isWanted) setOffer(loadedFrom(result))
    })
    return () => {
      isWanted = false
    }
  }, [deviceId, attempt])
  if (device === undefined) return <></>
  if (offer.phase === 'ready' && offer.value.fingerprint !== device.pin?.fingerprint) {
    return <AcceptPinDialog device={device} offer={offer.value} />
  }
  const retry = (): void => {
    setOffer(loading)
    setAttempt(attempt + 1)
  }
  return <PinAnswer device={device} offer={offer} retry={retry} />
}

interface PinAnswerProps {
  readonly device: Device
  readonly offer: Loaded<PinOffer>
  readonly retry: () => void
}

/** While the device is asked, where it does not answer, and where it shows what is expected. */
function PinAnswer({ device, offer, retry }: PinAnswerProps): ReactElement {
  const { pin: texts } = useDevicesTexts()
  const { close } = useShellTexts()
  return (
    <Dialog
      isOpen
      title={texts.title(device.name)}
      subtitle={device.address}
      onClose={closeDialog}
      closesOnClickOutside
      actions={<Button label={close} onPress={closeDialog} />}
    >
      <div className={styles['step']} role="status">
        {offer.phase === 'loading' && (
          <p className={styles['waiting']}>
            <Spinner />
            <span>{texts.asking}</span>
          </p>
        )}
        {offer.phase === 'failed' && (
          <FailurePanel
            failure={offer.failure}
            actions={<FailureActions failure={offer.failure} retry={retry} />}
          />
        )}
        {offer.phase === 'ready' && (
          <>
            <Notice tone="good">{texts.same}</Notice>
            <Fingerprint kind={offer.value.kind} fingerprint={offer.value.fingerprint} label={texts.shown} />
          </>
        )}
      </div>
    </Dialog>
  )
}
