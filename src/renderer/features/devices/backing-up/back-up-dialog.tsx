import type { ReactElement } from 'react'
import type { DeviceId } from '../../../../shared/model/device.ts'
import { BackUpMany } from './back-up-many.tsx'
import { BackUpOne } from './back-up-one.tsx'

/** Asks what shall go into a backup and starts it: part by part for one device, whole for several. */
export function BackUpDialog({ deviceIds }: { readonly deviceIds: readonly DeviceId[] }): ReactElement {
  const [only] = deviceIds
  if (only === undefined) return <></>
  return deviceIds.length === 1 ? <BackUpOne deviceId={only} /> : <BackUpMany deviceIds={deviceIds} />
}
