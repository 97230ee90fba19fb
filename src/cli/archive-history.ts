import type { Command } from 'commander'
import type { FileVersion } from '../shared/model/history.ts'
import { insideSchema } from '../shared/model/place.ts'
import { formatSize, formatTime } from '../shared/text/format.ts'
import { FailureError } from '../shared/failure.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { collect } from './facts.ts'
import { table, type Output } from './output.ts'
import type { CliSession, CommonOptions, RunCommand } from './session.ts'

interface HistoryOptions extends CommonOptions {
  readonly device: string
  readonly inside: readonly string[]
}

/** `archive history`: one file in all archives of a device. */
export function addHistoryCommand(archive: Command, run: RunCommand): void {
  archive
    .command('history <entry>')
    .description('one file in all archives of a device; code 4 where none holds it, or one cannot be read')
    .requiredOption('--device <device>', 'whose archives')
    .option('--inside <path>', 'the archive inside that holds it (again for deeper)', collect, [])
    .action(async (entry: string, options: HistoryOptions) => {
      await run(options, async (session, all) => await history(session, entry, all))
    })
}

async function history(
  { ferrite, output, signal }: CliSession,
  entry: string,
  options: HistoryOptions,
): Promise<ExitCode> {
  const device = await ferrite.inventory.find(options.device)
  const inside = insideSchema.safeParse(options.inside)
  if (!inside.success)
    throw new FailureError({ code: 'bad-input', field: 'inside', reason: 'goes at most three deep' })
  const items = await ferrite.readHistory(device.id, { inside: inside.data, entry }, signal)
  output.result({ items }, () => historyText(items, output))
  const isHeld = items.some(({ file }) => file !== undefined)
  const isWhole = items.every(({ failure }) => failure === undefined)
  return isHeld && isWhole ? exitCodes.done : exitCodes.different
}

function historyText(items: readonly FileVersion[], { language }: Output): string {
  return table([
    ['TAKEN', 'SIZE', 'SHA-256', '', 'ARCHIVE'],
    ...items.map(({ takenAt, file, isSame, failure, archiveId }) => [
      formatTime(takenAt, language).local,
      file === undefined ? '' : formatSize(file.sizeBytes, language),
      file?.sha256.slice(0, 16) ?? failure?.code ?? '-',
      isSame ? 'same' : '',
      archiveId,
    ]),
  ])
}
