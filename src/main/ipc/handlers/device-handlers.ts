import { FailureError } from '../../../shared/failure.ts'
import { formatAddress, parseAddress } from '../../../shared/model/address.ts'
import type { Device, DeviceDraft } from '../../../shared/model/device.ts'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import { offerOf } from '../../backup/connect.ts'
import type { Ferrite } from '../../compose.ts'
import { checkChangedAnswers, keepFolders } from '../../devices/stated-answers.ts'
import type { Handlers } from '../serve.ts'

type DeviceHandlers = Pick<
  Handlers,
  | 'devices.list'
  | 'devices.offer'
  | 'devices.add'
  | 'devices.change'
  | 'devices.remove'
  | 'devices.offerPin'
  | 'devices.acceptPin'
  | 'devices.probe'
  | 'credentials.give'
  | 'credentials.forget'
>

/** Requests about the inventory, pins and credentials. */
export function deviceHandlers(ferrite: Ferrite): DeviceHandlers {
  const { inventory, credentials, offers, catalog, activity, jobs } = ferrite
  const view = (device: Device): DeviceView => {
    const archives = catalog.ofDevice(device.id)
    const [newest] = archives
    return {
      device,
      credentials: credentials.stateOf(device.id),
      archives: archives.length,
      ...(newest && { lastBackupAt: newest.takenAt }),
    }
  }
  const canonical = (draft: DeviceDraft): DeviceDraft => ({
    ...draft,
    address: formatAddress(parseAddress(draft.address, ferrite.familyOf(draft.family).protocol)),
    facts: ferrite.familyOf(draft.family).checkFacts(keepFolders(draft.family, {}, draft.facts)),
  })
  return {
    'devices.list': async () => (await inventory.list()).map(view),
    'devices.offer': async (draft, signal) =>
      await offerOf(ferrite.familyOf, offers, canonical(draft), signal),
    'devices.add': async ({ draft, offerId, compared }) => {
      const checked = canonical(draft)
      const pin = offers.accept(offerId, checked.address, compared, new Date())
      const device = await inventory.add({ ...checked, pin })
      await activity.append({
        action: 'device-added',
        subject: device.name,
        facts: { address: device.address, fingerprint: pin.fingerprint, compared: String(compared) },
      })
      return view(device)
    },
    'devices.change': async ({ id, facts, name, user, tags, role }) => {
      const known = await inventory.get(id)
      const next = facts && keepFolders(known.family, known.facts, facts)
      if (next) checkChangedAnswers(known, next)
      const checked = next && ferrite.familyOf(known.family).checkFacts(next)
      return view(
        await inventory.change(id, {
          ...(name !== undefined && { name }),
          ...(user !== undefined && { user }),
          ...(tags && { tags }),
          ...(role && { role }),
          ...(checked && { facts: checked }),
        }),
      )
    },
    'devices.remove': async ({ id }) => {
      const device = await inventory.get(id)
      await credentials.forget(id)
      await inventory.remove(id)
      await activity.append({
        action: 'device-removed',
        subject: device.name,
        facts: { address: device.address },
      })
    },
    'devices.offerPin': async ({ id }, signal) =>
      await offerOf(ferrite.familyOf, offers, await inventory.get(id), signal),
    'devices.acceptPin': async ({ id, offerId, lastEight, compared }) => {
      const { address, pin: former } = await inventory.get(id)
      const offered = offers.peek(offerId)
      // Somebody has to look at the new fingerprint, not only to press a button.
      if (offered?.fingerprint.slice(-8).toLowerCase() !== lastEight.trim().toLowerCase()) {
        throw new FailureError({
          code: 'bad-input',
          field: 'fingerprint',
          reason: 'does not end with the characters you typed',
        })
      }
      const pin = offers.accept(offerId, address, compared, new Date())
      const device = await inventory.change(id, { pin })
      await activity.append({
        action: 'pin-accepted',
        subject: device.name,
        facts: {
          former: former?.fingerprint ?? '',
          fingerprint: pin.fingerprint,
          compared: String(compared),
        },
      })
      return view(device)
    },
    'devices.probe': async ({ id }) => {
      const device = await inventory.get(id)
      const work = ferrite.probe(device)
      return jobs.start({ kind: 'probe', deviceId: id, subject: device.name, work }).id
    },
    'credentials.give': async ({ id, password, remember }) => ({
      stored: await credentials.givePassword(await inventory.get(id), password, remember),
    }),
    'credentials.forget': async ({ id }) => {
      await credentials.forget(id)
    },
  }
}
