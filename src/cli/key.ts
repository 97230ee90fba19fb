import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { FailureError } from '../shared/failure.ts'
import type { ArchiveId } from '../shared/model/record.ts'
import { saveFile } from '../main/storage/save-file.ts'
import { statOf } from '../main/storage/plain-file.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import {
  promptSecret,
  readStandardInput,
  type CliSession,
  type CommonOptions,
  type RunCommand,
} from './session.ts'

interface KeyOptions extends CommonOptions {
  readonly keyFile?: string
}
interface ForgetOptions extends CommonOptions {
  readonly confirm: string
}
interface SheetOptions extends KeyOptions {
  readonly to: string
}

const keyFile = ['--key-file <file>', 'file with the key, "-" for standard input'] as const

/** `archive key set|show|forget|sheet`: the keys that open archives. A key is never an argument and never printed. */
export function addKeyCommands(archive: Command, run: RunCommand): void {
  const key = archive.command('key').description('the key that opens an archive')
  key
    .command('set <archive>')
    .description('keep the key in the keychain; the command line has none and says so')
    .option(...keyFile)
    .action(async (id: string, options: KeyOptions) => {
      await run(options, async (session, all) => await setKey(session, id, all))
    })
  key
    .command('show <archive>')
    .description('how to recognise the key: its last characters and the start of its hash')
    .action(async (id: string, options: CommonOptions) => {
      await run(options, async (session) => await showHint(session, id))
    })
  key
    .command('forget <archive>')
    .description('forget the key for ever')
    .requiredOption('--confirm <name>', 'the exact name of the device that the archive came from')
    .action(async (id: string, options: ForgetOptions) => {
      await run(options, async ({ ferrite, output }, { confirm }) => {
        const record = await ferrite.vault.find(id)
        await ferrite.keys.forget(record.id, confirm)
        output.result({ archive: record.id, forgotten: true }, () => `The key of ${record.id} is forgotten.`)
        return exitCodes.done
      })
    })
  key
    .command('sheet <archive>')
    .description('write the emergency sheet: the key and how to restore by hand, to be printed')
    .option(...keyFile)
    .requiredOption('--to <file>', 'an HTML file that does not exist yet; only you can read it')
    .action(async (id: string, options: SheetOptions) => {
      await run(options, async (session, all) => await writeSheet(session, id, all))
    })
}

/** Has the key of an archive at hand for this command, where the person named its file. */
export async function lendKey(
  { ferrite }: CliSession,
  id: ArchiveId,
  file: string | undefined,
): Promise<void> {
  if (file !== undefined) await ferrite.keys.lend(id, await readKey(file))
}

async function setKey(
  { ferrite, output }: CliSession,
  id: string,
  { keyFile: file }: KeyOptions,
): Promise<ExitCode> {
  const record = await ferrite.vault.find(id)
  const { usable, backend } = await ferrite.secretStore.state()
  // Kept until the command ends would be kept nowhere.
  if (!usable) throw new FailureError({ code: 'keychain-unavailable', backend })
  const { hint } = await ferrite.keys.give(record.id, await readKey(file))
  output.result({ archive: record.id, ...hint }, () => `…${hint.lastFour} (sha256 ${hint.sha256Start}…)`)
  return exitCodes.done
}

async function showHint({ ferrite, output }: CliSession, id: string): Promise<ExitCode> {
  const record = await ferrite.vault.find(id)
  const { key } = await ferrite.annotations.of(record.id)
  if (!key) throw new FailureError({ code: 'not-found', kind: 'key', id: record.id })
  const kept = ferrite.keys.isKept(record.id)
  output.result({ archive: record.id, ...key, kept }, () => `…${key.lastFour} (sha256 ${key.sha256Start}…)`)
  return exitCodes.done
}

async function writeSheet(
  { ferrite, output, signal }: CliSession,
  id: string,
  { keyFile: file, to }: SheetOptions,
): Promise<ExitCode> {
  const record = await ferrite.vault.find(id)
  if ((await statOf(to)) !== undefined) throw new FailureError({ code: 'target-exists', file: to })
  const key = ferrite.keys.isKept(record.id) && file === undefined ? undefined : await readKey(file)
  const { language } = output
  const html = await ferrite.keySheet({ archiveId: record.id, language, ...(key !== undefined && { key }) })
  await saveFile(to, Buffer.from(html), signal)
  output.result({ archive: record.id, file: to }, () => to)
  return exitCodes.done
}

async function readKey(file: string | undefined): Promise<string> {
  if (file === undefined) {
    if (process.stdin.isTTY) return await promptSecret('Key: ')
    throw new FailureError({ code: 'bad-input', field: 'key-file', reason: 'is missing' })
  }
  if (file === '-') return await readStandardInput()
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : 'it cannot be read'
    throw new FailureError({ code: 'file-unreadable', file, reason }, { cause })
  })
}
