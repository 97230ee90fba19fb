import { Command, CommanderError } from 'commander'
import { addArchiveCommands } from './archive.ts'
import { addBackupCommand } from './backup.ts'
import { addCheckCommand } from './check.ts'
import { addDeviceCommands } from './device.ts'
import { exitCodes } from './exit-codes.ts'
import { addPracticeCommands } from './practice.ts'
import { addRestoreCommand } from './restore.ts'
import { runCommand, type CommonOptions, type RunCommand } from './session.ts'

/** Runs the command line and sets the exit code of the process. */
export async function main(words: readonly string[]): Promise<void> {
  const program = new Command('ferrite')
    .description('Backs up, inspects, checks and restores controllers and edge devices, offline.')
    .option('--home <folder>', 'folder for inventory, settings and history (FERRITE_HOME)')
    .option('--vault <folder>', 'folder of the vault')
    .option('--json', 'one JSON document on standard output, nothing else there')
    .option('--progress <form>', '"json": one JSON object a line on standard error')
    .option('--lang <language>', 'en or de')
    .option('--password-file <file>', 'file with the password, "-" for standard input (FERRITE_PASSWORD)')
    .option('--identity <file>', 'private SSH key')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
  const run: RunCommand = async (options, work) => {
    // Common options may stand before the noun or behind the verb.
    const all = { ...program.opts<CommonOptions>(), ...options }
    process.exitCode = await runCommand(all, async (session) => await work(session, all))
  }
  addDeviceCommands(program, run)
  addBackupCommand(program, run)
  addArchiveCommands(program, run)
  addCheckCommand(program, run)
  addRestoreCommand(program, run)
  addPracticeCommands(program, run)
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  }
}

await main(process.argv.slice(2))
