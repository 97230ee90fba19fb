import { createStore } from 'zustand/vanilla'
import type { DeviceView } from '../../shared/ipc/views.ts'
import type { DeviceId } from '../../shared/model/device.ts'
import type { Result } from '../../shared/result.ts'
import { loadedFrom, loading, type Loaded } from './loaded.ts'

interface DevicesState {
  readonly devices: Loaded<readonly DeviceView[]>
  /** The same devices by id; empty while nothing is loaded. */
  readonly byId: ReadonlyMap<DeviceId, DeviceView>
}

/** The inventory as main last told it. */
export const devicesStore = createStore<DevicesState>(() => ({ devices: loading, byId: new Map() }))

/** Takes over main's answer. */
export function applyDevices(result: Result<readonly DeviceView[]>): void {
  const devices = loadedFrom(result)
  devicesStore.setState({
    devices,
    byId: new Map(devices.phase === 'ready' ? devices.value.map((view) => [view.device.id, view]) : []),
  })
}

/** Takes over one device that main answered with, until the whole list is loaded again. */
export function applyDevice(view: DeviceView): void {
  devicesStore.setState(({ devices, byId }) => {
    const known = devices.phase === 'ready' ? devices.value : []
    const isKnown = byId.has(view.device.id)
    const value = isKnown
      ? known.map((each) => (each.device.id === view.device.id ? view : each))
      : [...known, view]
    return { devices: { phase: 'ready', value }, byId: new Map(byId).set(view.device.id, view) }
  })
}

/** The device of this id, as far as it is known. */
export function deviceOf(id: DeviceId | undefined): DeviceView | undefined {
  return id === undefined ? undefined : devicesStore.getState().byId.get(id)
}
