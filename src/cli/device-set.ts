import { Option, type Command } from 'commander'
import { deviceRoles, type DeviceRole } from '../shared/model/device.ts'
import { checkAnswers } from '../main/devices/stated-answers.ts'
import { showDevice } from './device-text.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { collect, readFacts } from './facts.ts'
import type { CliSession, CommonOptions, RunCommand } from './session.ts'

interface SetOptions extends CommonOptions {
  readonly fact: readonly string[]
  readonly role?: DeviceRole
}

/** `device set`: what only a person can know of a device. */
export function addSetCommand(device: Command, run: RunCommand): void {
  device
    .command('set <device>')
    .description('state what only a person can know of a device; an empty value takes it back')
    .option('--fact <k=v>', 'a fact (again for more)', collect, [])
    .addOption(new Option('--role <role>', 'what the device is for').choices(deviceRoles))
    .action(async (name: string, options: SetOptions) => {
      await run(options, async (session, all) => await setFacts(session, name, all))
    })
}

async function setFacts(
  { ferrite, output }: CliSession,
  name: string,
  { fact, role }: SetOptions,
): Promise<ExitCode> {
  const device = await ferrite.inventory.find(name)
  const stated = readFacts(fact)
  checkAnswers(device.family, 'device', stated)
  const kept = Object.entries({ ...device.facts, ...stated }).filter(([, value]) => value !== '')
  const facts = ferrite.familyOf(device.family).checkFacts(Object.fromEntries(kept))
  const changed = await ferrite.inventory.change(device.id, { facts, ...(role && { role }) })
  await ferrite.activity.append({
    action: 'fact-stated',
    subject: device.name,
    facts: { ...stated, ...(role && { role }) },
  })
  showDevice(changed, output)
  return exitCodes.done
}
