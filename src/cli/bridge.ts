import type { Command } from 'commander'
import { FailureError } from '../shared/failure.ts'
import type { AppJobReport, BridgePlan } from '../shared/model/bridge.ts'
import type { Device } from '../shared/model/device.ts'
import { restoreOptionsSchema, type RestoreOptions } from '../shared/model/restore.ts'
import { bridgeStepText, bringText, wayBackText } from '../shared/text/bridge-text.ts'
import { remarkText, wordsIn } from '../shared/text/index.ts'
import type { Language } from '../shared/text/language.ts'
import { Confirmations } from '../main/restore/confirmations.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { collect } from './facts.ts'
import {
  archivePassword,
  followJob,
  giveCredentials,
  type CliSession,
  type CommonOptions,
  type RunCommand,
} from './session.ts'

interface ShowOptions extends CommonOptions {
  readonly offline?: boolean
}

interface RunOptions extends CommonOptions {
  readonly app: readonly string[]
  readonly confirm?: string
  readonly safetyBackup: boolean
  readonly reason?: string
}

/** `bridge show` and `bridge run`: what would make a blocked pair fit, and the part of it that a job can do. */
export function addBridgeCommands(program: Command, run: RunCommand): void {
  const bridge = program.command('bridge').description('make a blocked pair of archive and device fit')
  bridge
    .command('show <archive> <device>')
    .description('the steps, what to bring, and the way back')
    .option('--offline', 'judge by the last known identity')
    .action(async (archive: string, device: string, options: ShowOptions) => {
      await run(options, async (session, all) => await show(session, archive, device, all.offline ?? false))
    })
  bridge
    .command('run <archive> <device>')
    .description('bring the system apps of the device to the versions that the archive needs')
    .option('--app <file>', 'an app file (again for each)', collect, [])
    .option('--confirm <name>', 'the exact name of the device')
    .option('--no-safety-backup', 'make no safety backup first; needs --reason')
    .option('--reason <text>', 'why, for the history')
    .action(async (archive: string, device: string, options: RunOptions) => {
      await run(options, async (session, all) => await change(session, archive, device, all))
    })
}

async function show(session: CliSession, archive: string, name: string, offline: boolean): Promise<ExitCode> {
  const { ferrite, output, signal } = session
  const record = await ferrite.vault.find(archive)
  const device = await ferrite.inventory.find(name)
  if (!offline) await readIdentity(session, device)
  const now = await ferrite.inventory.get(device.id)
  const fit = (await ferrite.fitCheck(record.id, 'whole', signal)).against(now)
  const plan = await ferrite.bridgePlan(record.id, now, signal)
  const against = fit.findings.filter(({ result }) => result === 'blocker' || result === 'unknown')
  if (plan === undefined && against.length > 0) {
    throw new FailureError({ code: 'no-bridge', device: device.name, archive: record.id })
  }
  const remaining = against.map(({ rule }) => rule).filter((rule) => plan?.settles.includes(rule) !== true)
  output.result(
    { verdict: fit.verdict, remaining, bridge: plan ? bridgeForJson(plan, device, output.language) : null },
    () => bridgeText(plan, device, output.language, wordsIn(output.language).verdict[fit.verdict]),
  )
  return exitCodes.done
}

async function readIdentity(session: CliSession, device: Device): Promise<void> {
  const { ferrite } = session
  await giveCredentials(session, device)
  const job = ferrite.jobs.start({
    kind: 'probe',
    deviceId: device.id,
    subject: device.name,
    work: ferrite.probe(device),
  })
  await followJob(session, job.id)
}

/** Refuses without every file and the exact name, before anything is sent to the device. */
async function change(
  session: CliSession,
  archive: string,
  name: string,
  options: RunOptions,
): Promise<ExitCode> {
  const { ferrite, output, signal } = session
  const record = await ferrite.vault.find(archive)
  const device = await ferrite.inventory.find(name)
  const safetyBackup = safetyOf(options)
  await giveCredentials(session, device)
  const made = await ferrite.appJobs.make(record.id, device, options.app, signal)
  const plan = ferrite.appJobs.choose(made.id, safetyBackup)
  Confirmations.checkName(plan, options.confirm ?? '')
  const job = ferrite.jobs.start({
    kind: 'bridge',
    deviceId: device.id,
    subject: device.name,
    work: async (context) => ({
      kind: 'apps',
      report: await ferrite.changeApps(ferrite.appJobs.take(plan.id), archivePassword(), context),
    }),
  })
  const result = await followJob(session, job.id)
  if (result.kind !== 'apps') throw new Error('a job on apps ended without its report')
  output.result(result.report, () => reportText(result.report, output.language))
  const isAsBefore = result.report.remarks.every(({ remark }) => remark === 'state-brought-back')
  return isAsBefore ? exitCodes.done : exitCodes.different
}

function safetyOf({ safetyBackup, reason = '' }: RunOptions): RestoreOptions['safetyBackup'] {
  const parsed = restoreOptionsSchema.safeParse({
    safetyBackup: safetyBackup ? { take: true } : { take: false, reason },
  })
  if (parsed.success) return parsed.data.safetyBackup
  const message = parsed.error.issues[0]?.message ?? 'is not valid'
  throw new FailureError({ code: 'bad-input', field: 'reason', reason: message })
}

function bridgeForJson(plan: BridgePlan, { family }: Device, language: Language) {
  return {
    ...plan,
    steps: plan.steps.map((step) => ({ ...step, text: bridgeStepText(step, family, language) })),
    bring: plan.bring.map((item) => ({ ...item, text: bringText(item, family, language) })),
    wayBack: plan.wayBack.map((step) => ({ ...step, text: wayBackText(step, family, language) })),
  }
}

function bridgeText(
  plan: BridgePlan | undefined,
  { family }: Device,
  language: Language,
  verdict: string,
): string {
  if (!plan) return verdict
  const numbered = (lines: readonly string[]): readonly string[] =>
    lines.map((line, index) => `  ${String(index + 1)}. ${line}`)
  return [
    `${verdict} → ${plan.settles.join(', ')}`,
    ...numbered(plan.steps.map((step) => bridgeStepText(step, family, language))),
    ...plan.bring.map((item) => `  + ${bringText(item, family, language)}`),
    ...plan.wayBack.map((step) => `  < ${wayBackText(step, family, language)}`),
  ].join('\n')
}

function reportText({ changes, remarks, safetyArchiveId }: AppJobReport, language: Language): string {
  const words = wordsIn(language)
  return [
    ...changes.map(({ change: { app, from }, running }) => `${app}: ${from ?? '–'} → ${running}`),
    ...remarks.map((remark) => `  * ${remarkText(remark, language)}`),
    ...(safetyArchiveId ? [`  ${words.origin.safety}: ${safetyArchiveId}`] : []),
  ].join('\n')
}
