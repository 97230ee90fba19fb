import { FailureError } from '../../../shared/failure.ts'
import { formatAddress, parseAddress } from '../../../shared/model/address.ts'
import { offerOf } from '../../backup/connect.ts'
import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'

type MoveHandlers = Pick<Handlers, 'devices.offerMove' | 'devices.move'>

/**
 * Requests about a device that answers at another address now. Address and fingerprint change together, and only after
 * a person has looked at what the new address shows.
 */
export function moveHandlers(
  ferrite: Pick<Ferrite, 'inventory' | 'offers' | 'activity' | 'familyOf'>,
): MoveHandlers {
  const { inventory, offers, activity, familyOf } = ferrite
  return {
    'devices.offerMove': async ({ id, address }, signal) => {
      const { family, pin } = await inventory.get(id)
      const place = formatAddress(parseAddress(address, familyOf(family).protocol))
      return await offerOf(familyOf, offers, { family, address: place, ...(pin && { pin }) }, signal)
    },
    'devices.move': async ({ id, offerId, lastEight, compared }) => {
      const { address: former, pin: formerPin } = await inventory.get(id)
      const offered = offers.peek(offerId)
      if (offered?.fingerprint.slice(-8).toLowerCase() !== lastEight.trim().toLowerCase()) {
        throw new FailureError({
          code: 'bad-input',
          field: 'fingerprint',
          reason: 'does not end with the characters you typed',
        })
      }
      const { address } = offered
      const pin = offers.accept(offerId, address, compared, new Date())
      const device = await inventory.change(id, { address, pin })
      await activity.append({
        action: 'pin-accepted',
        subject: device.name,
        facts: {
          former: formerPin?.fingerprint ?? '',
          fingerprint: pin.fingerprint,
          compared: String(compared),
          formerAddress: former,
          address,
        },
      })
    },
  }
}
