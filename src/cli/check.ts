import type { Command } from 'commander'
import { mayRestore } from '../shared/compatibility/check.ts'
import type { Fit } from '../shared/model/finding.ts'
import { formatTime } from '../shared/text/format.ts'
import { findingText, wordsIn } from '../shared/text/index.ts'
import type { Language } from '../shared/text/language.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { lendKey } from './key.ts'
import {
  followJob,
  giveCredentials,
  type CliSession,
  type CommonOptions,
  type RunCommand,
} from './session.ts'

interface CheckOptions extends CommonOptions {
  readonly offline?: boolean
  readonly keyFile?: string
}

/** `check <archive> <device>`: the findings; offline from the last known identity. */
export function addCheckCommand(program: Command, run: RunCommand): void {
  program
    .command('check <archive> <device>')
    .description('does this archive fit this device')
    .option('--offline', 'judge by the last known identity')
    .option('--key-file <file>', 'file with the key of the archive, where it has one')
    .action(async (archive: string, device: string, options: CheckOptions) => {
      await run(options, async (session, all) => await checkPair(session, archive, device, all))
    })
}

async function checkPair(
  session: CliSession,
  archive: string,
  name: string,
  { offline = false, keyFile }: CheckOptions,
): Promise<ExitCode> {
  const { ferrite, output, signal } = session
  const record = await ferrite.vault.find(archive)
  const device = await ferrite.inventory.find(name)
  await lendKey(session, record.id, keyFile)
  if (!offline) {
    await giveCredentials(session, device)
    const job = ferrite.jobs.start({
      kind: 'probe',
      deviceId: device.id,
      subject: device.name,
      work: ferrite.probe(device),
    })
    await followJob(session, job.id)
  }
  await ferrite.catalog.refresh()
  const judge = await ferrite.fitCheck(record.id, 'whole', signal)
  const fit = judge.against(await ferrite.inventory.get(device.id))
  output.result(fitForJson(fit, output.language), () => fitText(fit, output.language))
  return mayRestore(fit.verdict) ? exitCodes.done : exitCodes.incompatible
}

/** The contract's form: each finding with the remedy as a sentence. */
export function fitForJson({ verdict, findings, identityReadAt }: Fit, language: Language) {
  return {
    verdict,
    findings: findings.map((finding) => ({ ...finding, ...findingText(finding, language) })),
    identityReadAt: identityReadAt ?? null,
  }
}

/** The findings for people, the worst first. */
export function fitText({ verdict, findings, identityReadAt }: Fit, language: Language): string {
  const words = wordsIn(language)
  const lines = findings.flatMap((finding) => {
    const { title, remedy } = findingText(finding, language)
    const values = [finding.archiveValue?.value, finding.deviceValue?.value].filter(Boolean).join(' → ')
    return [
      `${words.findingResult[finding.result].padEnd(8)} ${finding.rule}  ${title}${values && `  (${values})`}`,
      ...(remedy === '' ? [] : [`           ${remedy}`]),
    ]
  })
  const age = identityReadAt === undefined ? [] : [formatTime(identityReadAt, language).local]
  return [words.verdict[verdict], ...age, ...lines].join('\n')
}
