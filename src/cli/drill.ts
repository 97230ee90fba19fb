import { Option, type Command } from 'commander'
import { checkForDrills } from '../main/restore/earn-proof.ts'
import { restore, type RestoreCommandOptions } from './restore.ts'
import { collect } from './facts.ts'
import type { RunCommand } from './session.ts'

/** `drill <archive> <device>`: a restore to a spare or practice device, which earns the archive its proof. */
export function addDrillCommand(program: Command, run: RunCommand): void {
  program
    .command('drill <archive> <device>')
    .description('prove an archive: restore it to a spare or practice device and compare')
    .option('--confirm <name>', 'the exact name of the device')
    .addOption(new Option('--mode <mode>', 'how to restore').choices(['merge', 'replace']).default('merge'))
    .option('--accept <rule>', 'go on against an overridable finding; needs --reason', collect, [])
    .option('--no-safety-backup', 'make no safety backup first; needs --reason')
    .option('--reason <text>', 'why, for the history')
    .action(async (archive: string, device: string, options: Omit<RestoreCommandOptions, 'part'>) => {
      await run(options, async (session, all) => {
        checkForDrills(await session.ferrite.inventory.find(device))
        return await restore(session, archive, device, { ...all, part: [] })
      })
    })
}
