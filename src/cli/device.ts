import { Option, type Command } from 'commander'
import { FailureError } from '../shared/failure.ts'
import { formatAddress, parseAddress } from '../shared/model/address.ts'
import {
  deviceDraftSchema,
  deviceRoles,
  type DeviceRole,
  type Device,
  type DeviceDraft,
  type Pin,
} from '../shared/model/device.ts'
import { familyIds } from '../shared/model/family-id.ts'
import { wordsIn } from '../shared/text/index.ts'
import type { Ferrite } from '../main/compose.ts'
import { offerOf } from '../main/backup/connect.ts'
import { normalisePin } from '../main/transport/pins.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { collect, readFacts } from './facts.ts'
import { table, type Output } from './output.ts'
import { addSetCommand } from './device-set.ts'
import { showDevice } from './device-text.ts'
import {
  followJob,
  giveCredentials,
  type CliSession,
  type CommonOptions,
  type RunCommand,
} from './session.ts'

interface PinOptions extends CommonOptions {
  readonly pin?: string
  readonly trustFirst?: boolean
}
interface AddOptions extends PinOptions {
  readonly family: string
  readonly address: string
  readonly user: string
  readonly tag: readonly string[]
  readonly fact: readonly string[]
  readonly role?: DeviceRole
}

/** `device add|list|show|probe|set|remove|pin` */
export function addDeviceCommands(program: Command, run: RunCommand): void {
  const device = program.command('device').description('the inventory')
  device
    .command('add <name>')
    .description('add a device; without --pin it prints the fingerprint and stops with code 6')
    .requiredOption('--family <id>', familyIds.join(', '))
    .requiredOption('--address <url>', 'ssh://host:port or https://host:port')
    .option('--user <name>', 'login name', '')
    .option('--pin <fingerprint>', 'accepted fingerprint')
    .option('--trust-first', 'accept the fingerprint that the device shows now')
    .addOption(new Option('--role <role>', 'what the device is for').choices(deviceRoles))
    .option('--tag <tag>', 'tag (again for more)', collect, [])
    .option('--fact <k=v>', 'fact the family needs (again for more)', collect, [])
    .action(async (name: string, options: AddOptions) => {
      await run(options, async (session, all) => await addDevice(session, name, all))
    })
  device
    .command('list')
    .description('all devices')
    .action(async (options: CommonOptions) => {
      await run(options, async ({ ferrite, output }) => {
        const items = await ferrite.inventory.list()
        output.result({ items }, () => listText(items, output))
        return exitCodes.done
      })
    })
  device
    .command('show <device>')
    .description('everything known about a device')
    .action(async (name: string, options: CommonOptions) => {
      await run(options, async ({ ferrite, output }) => {
        showDevice(await ferrite.inventory.find(name), output)
        return exitCodes.done
      })
    })
  device
    .command('probe <device>')
    .description('read the identity now and store it')
    .action(async (name: string, options: CommonOptions) => {
      await run(options, async (session) => {
        const { ferrite, output } = session
        const found = await ferrite.inventory.find(name)
        await giveCredentials(session, found)
        const job = ferrite.jobs.start({
          kind: 'probe',
          deviceId: found.id,
          subject: found.name,
          work: ferrite.probe(found),
        })
        await followJob(session, job.id)
        showDevice(await ferrite.inventory.get(found.id), output)
        return exitCodes.done
      })
    })
  addSetCommand(device, run)
  device
    .command('remove <device>')
    .description('take a device off the list; its archives stay')
    .action(async (name: string, options: CommonOptions) => {
      await run(options, async ({ ferrite, output }) => {
        const found = await ferrite.inventory.find(name)
        await ferrite.inventory.remove(found.id)
        const { address } = found
        await ferrite.activity.append({ action: 'device-removed', subject: found.name, facts: { address } })
        output.result({ removed: found.id }, () => `${found.name} was removed; its archives stay.`)
        return exitCodes.done
      })
    })
  device
    .command('move <device> <address>')
    .description(
      'the device answers at another address now; without --pin it prints the fingerprint and stops',
    )
    .option('--pin <fingerprint>', 'accepted fingerprint')
    .option('--trust-first', 'accept the fingerprint that it shows now')
    .action(async (name: string, address: string, options: PinOptions) => {
      await run(options, async (session, all) => await moveDevice(session, name, address, all))
    })
  device
    .command('pin <device> <fingerprint>')
    .description('accept another fingerprint for a device')
    .action(async (name: string, fingerprint: string, options: CommonOptions) => {
      await run(options, async ({ ferrite, output }) => {
        const found = await ferrite.inventory.find(name)
        const pin = typedPin(ferrite, found.family, fingerprint)
        const changed = await ferrite.inventory.change(found.id, { pin })
        const facts = { former: found.pin?.fingerprint ?? '', fingerprint: pin.fingerprint, compared: 'true' }
        await ferrite.activity.append({ action: 'pin-accepted', subject: found.name, facts })
        showDevice(changed, output)
        return exitCodes.done
      })
    })
}

/** The device answers at another address now: address and fingerprint change together, as a person accepted them. */
async function moveDevice(
  { ferrite, output, signal }: CliSession,
  name: string,
  address: string,
  options: PinOptions,
): Promise<ExitCode> {
  const found = await ferrite.inventory.find(name)
  const place = formatAddress(parseAddress(address, ferrite.familyOf(found.family).protocol))
  const pin = await acceptedPin(ferrite, { family: found.family, address: place }, options, signal)
  const changed = await ferrite.inventory.change(found.id, { address: place, pin })
  await ferrite.activity.append({
    action: 'pin-accepted',
    subject: found.name,
    facts: {
      former: found.pin?.fingerprint ?? '',
      fingerprint: pin.fingerprint,
      compared: String(pin.compared),
      formerAddress: found.address,
      address: place,
    },
  })
  showDevice(changed, output)
  return exitCodes.done
}

async function addDevice({ ferrite, output, signal }: CliSession, name: string, options: AddOptions) {
  const draft = readDraft(ferrite, name, options)
  const pin = await acceptedPin(ferrite, draft, options, signal)
  const device = await ferrite.inventory.add({ ...draft, pin })
  await ferrite.activity.append({
    action: 'device-added',
    subject: device.name,
    facts: { address: device.address, fingerprint: pin.fingerprint, compared: String(pin.compared) },
  })
  showDevice(device, output)
  return exitCodes.done
}

function readDraft(ferrite: Ferrite, name: string, options: AddOptions): DeviceDraft {
  const facts = readFacts(options.fact)
  const { family, address, user, tag, role } = options
  const parsed = deviceDraftSchema.safeParse({ name, family, address, user, tags: tag, facts, role })
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new FailureError({
      code: 'bad-input',
      field: issue?.path.map(String).join('.') ?? 'device',
      reason: issue?.message ?? 'is not valid',
    })
  }
  const { checkFacts, protocol } = ferrite.familyOf(parsed.data.family)
  return {
    ...parsed.data,
    address: formatAddress(parseAddress(parsed.data.address, protocol)),
    facts: checkFacts(parsed.data.facts),
  }
}

async function acceptedPin(
  ferrite: Ferrite,
  draft: Pick<DeviceDraft, 'family' | 'address'>,
  options: PinOptions,
  signal: AbortSignal,
): Promise<Pin> {
  if (options.pin !== undefined) return typedPin(ferrite, draft.family, options.pin)
  const offer = await offerOf(ferrite.familyOf, ferrite.offers, draft, signal)
  if (options.trustFirst === true)
    return ferrite.offers.accept(offer.offerId, offer.address, false, new Date())
  throw new FailureError({
    code: 'pin-unknown',
    address: offer.address,
    pinKind: offer.kind,
    offered: offer.fingerprint,
  })
}

function typedPin(ferrite: Ferrite, family: Device['family'], fingerprint: string): Pin {
  const kind = ferrite.familyOf(family).protocol === 'ssh' ? 'ssh' : 'tls'
  return {
    kind,
    fingerprint: normalisePin(kind, fingerprint),
    acceptedAt: new Date().toISOString(),
    compared: true,
  }
}

function listText(devices: readonly Device[], { language }: Output): string {
  if (devices.length === 0) return 'No devices yet. Add one: ferrite device add <name> --family … --address …'
  const words = wordsIn(language)
  return table([
    ['NAME', 'FAMILY', 'ADDRESS', 'MODEL', 'VERSION'],
    ...devices.map(({ name, family, address, identity }) => [
      name,
      words.family[family],
      address,
      identity?.model?.value ?? '',
      identity?.systemVersion?.value ?? '',
    ]),
  ])
}
