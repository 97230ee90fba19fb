import type { Command } from 'commander'
import type { ArchiveRecord } from '../shared/model/record.ts'
import { formatSize } from '../shared/text/format.ts'
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts'
import {
  archivePassword,
  followJob,
  giveCredentials,
  type CliSession,
  type CommonOptions,
  type RunCommand,
} from './session.ts'

interface BackupOptions extends CommonOptions {
  readonly part: readonly string[]
  readonly note?: string
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

/** `backup <device>…`: several devices run side by side, one job a device. */
export function addBackupCommand(program: Command, run: RunCommand): void {
  program
    .command('backup <device...>')
    .description('back up devices and print the records of the archives')
    .option('--part <part>', 'only this part (again for more)', collect, [])
    .option('--note <text>', 'note kept with the archive')
    .action(async (names: readonly string[], options: BackupOptions) => {
      await run(options, async (session, all) => await backUpAll(session, names, all))
    })
}

async function backUpAll(
  session: CliSession,
  names: readonly string[],
  options: BackupOptions,
): Promise<ExitCode> {
  const { ferrite, output } = session
  const devices = await Promise.all(names.map((name) => ferrite.inventory.find(name)))
  for (const device of devices) await giveCredentials(session, device)
  const password = archivePassword()
  const runs = devices.map(async (device) => {
    const request = {
      device,
      ...(options.part.length > 0 && { parts: options.part }),
      ...(options.note !== undefined && { note: options.note }),
      ...(password !== undefined && { password }),
    }
    const { id } = ferrite.jobs.start({
      kind: 'backup',
      deviceId: device.id,
      subject: device.name,
      work: async (context) => ({ kind: 'archive', archiveId: (await ferrite.backUp(request, context)).id }),
    })
    const result = await followJob(session, id)
    return result.kind === 'archive' ? await ferrite.vault.read(result.archiveId) : undefined
  })
  const ended = await Promise.allSettled(runs)
  const records = ended.flatMap((run) => (run.status === 'fulfilled' && run.value ? [run.value] : []))
  const failures = ended.flatMap((run) => (run.status === 'rejected' ? [ferrite.toFailure(run.reason)] : []))
  const [first] = failures
  if (first && devices.length === 1) {
    output.failure(first)
    return exitCodeOf(first.code)
  }
  const [only] = records
  output.result(devices.length === 1 && only ? only : { items: records, ...(first && { failures }) }, () =>
    records.map((record) => recordText(record, output.language)).join('\n'),
  )
  if (!first) return exitCodes.done
  if (!output.json) for (const failure of failures) output.failure(failure)
  return exitCodeOf(first.code)
}

function recordText(record: ArchiveRecord, language: CliSession['output']['language']): string {
  const leftOut = record.scope.leftOut.map(({ what, reason }) => `  not included: ${what} (${reason})`)
  return [
    `${record.device.name}: ${record.fileName}, ${formatSize(record.sizeBytes, language)}`,
    `  ${record.id}`,
    `  sha256 ${record.sha256}`,
    ...leftOut,
  ].join('\n')
}
