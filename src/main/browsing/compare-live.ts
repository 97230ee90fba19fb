import { FailureError } from '../../shared/failure.ts'
import type { LiveComparison } from '../../shared/model/comparison.ts'
import type { Device } from '../../shared/model/device.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
import { placeOf, type Browser } from './browse.ts'

/** What is needed of a logged-in connection. */
interface SettingsSession extends AsyncDisposable {
  readonly readSettings?: (signal: AbortSignal) => Promise<Readonly<Record<string, unknown>> | undefined>
}

interface CompareLiveNeeds {
  readonly browser: Browser
  readonly read: (id: ArchiveId) => Promise<ArchiveRecord>
  readonly connect: (device: Device, signal: AbortSignal) => Promise<SettingsSession>
}

/**
 * The use case "compare an archive with the device as it is now": from what the archive says of the settings to what
 * the device tells of them. The device is only read. The two documents are compared where the archive's is parsed.
 * @throws FailureError `bad-input`, `not-comparable`, and everything that connecting and opening throw
 */
export function createCompareLive({ browser, read, connect }: CompareLiveNeeds) {
  return async (archiveId: ArchiveId, device: Device, signal: AbortSignal): Promise<LiveComparison> => {
    const { family } = await read(archiveId)
    if (family !== device.family)
      throw new FailureError({ code: 'bad-input', field: 'device', reason: 'is of another kind' })
    const text = await settingsOf(await connect(device, signal), device, signal)
    const readAt = new Date().toISOString()
    const meaning = await browser.inside(placeOf(archiveId), signal, (archive) =>
      archive.call('compareSettings', { family, text }, { signal }),
    )
    if (meaning === undefined)
      throw new FailureError({ code: 'not-comparable', what: archiveId, side: 'archive' })
    return { readAt, meaning }
  }
}

async function settingsOf(opened: SettingsSession, device: Device, signal: AbortSignal): Promise<string> {
  await using session = opened
  const settings = await session.readSettings?.(signal)
  if (settings === undefined)
    throw new FailureError({ code: 'not-comparable', what: device.name, side: 'device' })
  return JSON.stringify(settings)
}
