import type { Command } from 'commander'
import type { Refusal } from '../shared/model/refused.ts'
import { formatSize, formatTime } from '../shared/text/format.ts'
import { failureText, wordsIn } from '../shared/text/index.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { table, type Output } from './output.ts'
import { followJob, type CliSession, type CommonOptions, type RunCommand } from './session.ts'

interface ToOptions extends CommonOptions {
  readonly to: string
}

/** `archive refused list|show|export|check`: files that were refused and kept. */
export function addRefusedCommands(archive: Command, run: RunCommand): void {
  const refused = archive.command('refused').description('files that were refused and kept as they came')
  refused
    .command('list')
    .description('all refused files, the newest first')
    .action(async (options: CommonOptions) => {
      await run(options, listRefused)
    })
  refused
    .command('show <refused>')
    .description('all that is known of a refused file, and why it was refused')
    .action(async (id: string, options: CommonOptions) => {
      await run(options, async ({ ferrite, output }) => {
        const refusal = await ferrite.vault.refusals.find(id)
        output.result(refusal, () => JSON.stringify(refusal, undefined, 2))
        return exitCodes.done
      })
    })
  refused
    .command('export <refused>')
    .description('copy a refused file, bit for bit')
    .requiredOption('--to <file>', 'a file that does not exist yet')
    .action(async (id: string, options: ToOptions) => {
      await run(options, async (session, { to }) => await exportRefused(session, id, to))
    })
  refused
    .command('check <refused>')
    .description('read a refused file again with this version; where it opens it becomes an archive')
    .action(async (id: string, options: CommonOptions) => {
      await run(options, async (session) => await checkRefused(session, id))
    })
}

async function listRefused({ ferrite, output }: CliSession): Promise<ExitCode> {
  const { refusals: items, damaged } = await ferrite.vault.refusals.list()
  output.result({ items, ...(damaged.length > 0 && { damaged }) }, () => listText(items, output))
  if (damaged.length === 0) return exitCodes.done
  if (!output.json) for (const { failure } of damaged) output.failure(failure)
  return exitCodes.different
}

function listText(refusals: readonly Refusal[], { language }: Output): string {
  if (refusals.length === 0) return 'No refused files.'
  const words = wordsIn(language)
  return table([
    ['REFUSED', 'FROM', 'SIZE', 'KIND', 'ID', 'WHY'],
    ...refusals.map(({ refusedAt, device, fileName, sizeBytes, origin, id, failure }) => [
      formatTime(refusedAt, language).local,
      device?.name ?? fileName,
      formatSize(sizeBytes, language),
      words.origin[origin],
      id,
      failureText(failure, language).cause,
    ]),
  ])
}

async function exportRefused(
  { ferrite, output, signal }: CliSession,
  id: string,
  file: string,
): Promise<ExitCode> {
  const { vault, activity } = ferrite
  const refusal = await vault.refusals.find(id)
  await vault.refusals.exportTo(refusal.id, file, { signal })
  await activity.append({
    action: 'archive-exported',
    subject: refusal.device?.name ?? refusal.fileName,
    facts: { refused: refusal.id, file },
  })
  output.result(
    { refused: refusal.id, sha256: refusal.sha256, file },
    () => `${file}\nsha256 ${refusal.sha256}`,
  )
  return exitCodes.done
}

async function checkRefused(session: CliSession, id: string): Promise<ExitCode> {
  const { ferrite, output } = session
  const refusal = await ferrite.vault.refusals.find(id)
  const job = ferrite.jobs.start({
    kind: 'import',
    subject: refusal.fileName,
    work: async (context) => ({
      kind: 'archive',
      archiveId: (await ferrite.checkRefused(refusal, context)).id,
    }),
  })
  const result = await followJob(session, job.id)
  if (result.kind !== 'archive') throw new Error(`a check gave ${result.kind}`)
  const record = await ferrite.vault.read(result.archiveId)
  output.result(record, () => record.id)
  return exitCodes.done
}
