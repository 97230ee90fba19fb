import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Failure } from '../../../shared/failure.ts'
import type { Device, DeviceId } from '../../../shared/model/device.ts'
import type { PinOffer } from '../../../shared/model/pin-offer.ts'
import { request } from '../../api.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { useShellTexts } from '../../shell-texts.ts'
import { closeDialog } from '../../stores/dialogs.ts'
import { devicesStore } from '../../stores/devices.ts'
import { Button } from '../../ui/actions/button.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { Dialog } from '../../ui/layout/dialog.tsx'
import { isAddress } from './adding/device-form.ts'
import { CompareMove } from './compare-move.tsx'
import styles from './devices.module.css'
import { useDevicesTexts } from './texts.ts'

interface MoveDeviceDialogProps {
  readonly deviceId: DeviceId
  /** Where the device is said to be now; a person may change it. */
  readonly address: string
}

/** Brings a device to another address: looked at without credentials first, then compared by a person. */
export function MoveDeviceDialog({ deviceId, address }: MoveDeviceDialogProps): ReactElement {
  const device = useStore(devicesStore, ({ byId }) => byId.get(deviceId)?.device)
  const [typed, setTyped] = useState(address)
  const [offer, setOffer] = useState<PinOffer | undefined>(undefined)
  if (device === undefined) return <></>
  if (offer !== undefined) {
    return <CompareMove device={device} offer={offer} back={() => setOffer(undefined)} />
  }
  return <AskAddress device={device} address={typed} onChange={setTyped} onOffer={setOffer} />
}

interface AskAddressProps {
  readonly device: Device
  readonly address: string
  readonly onChange: (address: string) => void
  readonly onOffer: (offer: PinOffer) => void
}

function AskAddress({ device, address, onChange, onOffer }: AskAddressProps): ReactElement {
  const { moving: texts, adding, families } = useDevicesTexts()
  const { cancel } = useShellTexts()
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const [isPending, setPending] = useState(false)
  const isOdd = address.trim() !== '' && !isAddress(address, device.family)
  const canLook = address.trim() !== '' && !isOdd
  const look = async (): Promise<void> => {
    setPending(true)
    const result = await request('devices.offerMove', { id: device.id, address: address.trim() })
    setPending(false)
    if (result.ok) onOffer(result.value)
    else setFailure(result.failure)
  }
  return (
    <Dialog
      isOpen
      title={texts.title(device.name)}
      subtitle={device.address}
      onClose={closeDialog}
      onSubmit={() => {
        if (canLook && !isPending) void look()
      }}
      footNote={texts.lookNote}
      actions={
        <>
          <Button label={cancel} onPress={closeDialog} />
          <Button
            label={texts.look}
            variant="primary"
            type="submit"
            isDisabled={!canLook}
            isPending={isPending}
          />
        </>
      }
    >
      <div className={styles['step']}>
        <TextField
          label={texts.address}
          description={adding.addressDescription}
          placeholder={families[device.family].addressExample}
          value={address}
          onChange={onChange}
          maxLength={300}
          isMono
          isAutoFocused
          {...(isOdd && { error: adding.errors.addressOdd })}
        />
        {failure !== undefined && <FailurePanel failure={failure} />}
      </div>
    </Dialog>
  )
}
