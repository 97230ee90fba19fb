import { Command, CommanderError, Option } from 'commander'
import { languages } from '../shared/text/language.ts'
import { addArchiveCommands } from './archive.ts'
import { addBackupCommand } from './backup.ts'
import { addBridgeCommands } from './bridge.ts'
import { addCheckCommand } from './check.ts'
import { addFitCommand } from './fit.ts'
import { addDeviceCommands } from './device.ts'
import { addDrillCommand } from './drill.ts'
import { exitCodes } from './exit-codes.ts'
import { createOutput, isReaderGone } from './output.ts'
import { addPracticeCommands } from './practice.ts'
import { addProcedureCommands } from './procedure.ts'
import { addRestoreCommand } from './restore.ts'
import { languageOf, runCommand, type CommonOptions, type RunCommand } from './session.ts'

/** Runs the command line and sets the exit code of the process. */
export async function main(words: readonly string[]): Promise<void> {
  const program = new Command('ferrite')
    .description('Backs up, inspects, checks and restores controllers and edge devices, offline.')
    .option('--home <folder>', 'folder for inventory, settings and history (FERRITE_HOME)')
    .option('--vault <folder>', 'folder of the vault')
    .option('--json', 'one JSON document on standard output, nothing else there')
    .addOption(new Option('--progress <form>', 'one JSON object a line on standard error').choices(['json']))
    .addOption(new Option('--lang <language>', 'language of sentences').choices(languages))
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
  addFitCommand(program, run)
  addBridgeCommands(program, run)
  addRestoreCommand(program, run)
  addDrillCommand(program, run)
  addProcedureCommands(program, run)
  addPracticeCommands(program, run)
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    if (error.exitCode !== 0 && words.includes('--json')) tellWrongUsage(error, program)
  }
}

/** People have read the sentence on standard error; a script reads one document, as after every failure. */
function tellWrongUsage({ message }: CommanderError, program: Command): void {
  const language = languageOf(program.opts<CommonOptions>().lang)
  const problem = message.replace(/^error: /, '').replace(/^\(.*\)$/, 'a command is missing')
  const reason = `is not understood (${problem})`
  createOutput({ json: true, progressJson: false, language }).failure({
    code: 'bad-input',
    field: 'command line',
    reason,
  })
}

process.stdout.on('error', (error) => {
  if (!isReaderGone(error)) throw error
})
await main(process.argv.slice(2))
