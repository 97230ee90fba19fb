import type { ArchiveFacts } from '../../shared/compatibility/rule.ts'
import type { Device } from '../../shared/model/device.ts'
import type { Fit } from '../../shared/model/finding.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
import type { SizePoint } from '../../shared/size-forecast.ts'
import type { FamilyOf } from '../backup/connect.ts'
import { placeOf, type Browser } from '../browsing/browse.ts'
import type { Vault } from '../vault/vault.ts'
import { readArchiveFacts, recordedFacts, type KeyKept, type StatedOf } from './archive-facts.ts'
import { knownIdentity } from './identify-now.ts'
import { checkFit } from './check-fit.ts'

export interface FitCheckNeeds {
  readonly familyOf: FamilyOf
  readonly vault: Vault
  readonly browser: Browser
  readonly stated: StatedOf
  readonly keyKept?: KeyKept
  /** The sizes of the backups of the same device. */
  readonly sizesOf?: (record: ArchiveRecord) => readonly SizePoint[]
}

/** The answer for one archive, to be asked for many devices. */
export interface FitCheck {
  readonly record: ArchiveRecord
  readonly archive: ArchiveFacts
  /** `target` is the identity to judge by; the device's last known one where it is left out. */
  readonly against: (device: Device, target?: Identity, accepted?: readonly string[]) => Fit
}

/**
 * Opens an archive once and judges it against any number of devices, offline. `whole` hashes the file again first;
 * `pair` leaves the file's own rules to the moment of the restore.
 */
export function createFitCheck(needs: FitCheckNeeds) {
  const { familyOf, vault, browser, stated, keyKept, sizesOf } = needs
  return async (id: ArchiveId, depth: 'whole' | 'pair', signal: AbortSignal): Promise<FitCheck> => {
    const record = await vault.read(id)
    const hashMatches = depth === 'whole' ? (await vault.rehash(id, { signal })).matches : undefined
    const family = familyOf(record.family)
    const pastSizes = sizesOf?.(record)
    const question = {
      family,
      record,
      stated: await stated(id),
      hashMatches,
      keyKept: keyKept?.(id),
      ...(pastSizes && { pastSizes }),
    }
    // A changed file is not opened: its content is not what the record speaks of.
    const archive: ArchiveFacts =
      hashMatches === false
        ? recordedFacts(question)
        : await browser.with(placeOf(id), signal, (opened) => readArchiveFacts(question, opened, signal))
    return {
      record,
      archive,
      against: (device, target = knownIdentity(familyOf(device.family), device), accepted = []) =>
        checkFit({ familyOf, record, archive, device, target, accepted, depth }),
    }
  }
}
