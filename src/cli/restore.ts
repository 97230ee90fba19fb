import { Option, type Command } from 'commander'
import { mayRestore, rulesAgainst } from '../shared/compatibility/check.ts'
import { FailureError } from '../shared/failure.ts'
import { restoreOptionsSchema, type RestoreOptions, type RestorePlan } from '../shared/model/restore.ts'
import { planStepText, sideEffectText, wordsIn } from '../shared/text/index.ts'
import type { Language } from '../shared/text/language.ts'
import { Confirmations } from '../main/restore/confirmations.ts'
import { fitForJson, fitText } from './check.ts'
import { choiceLines, removalLines } from './choices.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { collect } from './facts.ts'
import { procedurePlanText } from './procedure-text.ts'
import { lendKey } from './key.ts'
import { endWith, goOn } from './procedure.ts'
import { exitCodeOfReport, reportText } from './report.ts'
import {
  archivePassword,
  followJob,
  giveCredentials,
  type CliSession,
  type CommonOptions,
  type RunCommand,
} from './session.ts'

/** What can be said of a restore. */
export interface RestoreCommandOptions extends CommonOptions {
  readonly confirm?: string
  readonly mode?: string
  readonly part: readonly string[]
  readonly keep?: string
  readonly accept: readonly string[]
  readonly safetyBackup: boolean
  readonly reason?: string
  readonly planOnly?: boolean
  readonly runTool?: boolean
  readonly keyFile?: string
}

/** `restore <archive> <device>`: prints the plan, then runs it; refuses without the exact name. */
export function addRestoreCommand(program: Command, run: RunCommand): void {
  program
    .command('restore <archive> <device>')
    .description('put an archive on a device')
    .option('--confirm <name>', 'the exact name of the device')
    .addOption(new Option('--mode <mode>', 'how to restore').choices(['merge', 'replace']).default('merge'))
    .option('--part <part>', 'only this part (again for more)', collect, [])
    .option('--keep <what>', 'keep on the device: hostname,address,users,certificates')
    .option('--accept <rule>', 'go on against an overridable finding; needs --reason', collect, [])
    .option('--no-safety-backup', 'make no safety backup first; needs --reason')
    .option('--reason <text>', 'why, for the history')
    .option('--run-tool', 'let Ferrite run the tool of the vendor, where the family has one')
    .option('--plan-only', 'print the plan and stop')
    .option('--key-file <file>', 'file with the key of the archive, where it has one')
    .action(async (archive: string, device: string, options: RestoreCommandOptions) => {
      await run(options, async (session, all) => await restore(session, archive, device, all))
    })
}

/** Plans, shows the plan, and runs it where the name was typed. */
export async function restore(
  session: CliSession,
  archive: string,
  name: string,
  options: RestoreCommandOptions,
): Promise<ExitCode> {
  const { ferrite, output, signal } = session
  const { language } = output
  const record = await ferrite.vault.find(archive)
  const device = await ferrite.inventory.find(name)
  await giveCredentials(session, device)
  await lendKey(session, record.id, options.keyFile)
  const plan = await ferrite.planRestore(record.id, device, readOptions(options), signal)
  const showPlan = (): void => {
    output.result({ ...plan, fit: fitForJson(plan.fit, language) }, () => planText(plan, language))
  }
  if (!mayRestore(plan.fit.verdict)) {
    if (options.planOnly === true) showPlan()
    else output.say(planText(plan, language))
    if (options.planOnly === true) return exitCodes.incompatible
    throw blocked(plan)
  }
  if (options.planOnly === true) {
    showPlan()
    return exitCodes.done
  }
  output.say(planText(plan, language))
  Confirmations.checkName(plan, options.confirm ?? '')
  if (plan.procedure) {
    const work = goOn(session, device, (context) =>
      ferrite.guidedRestore.start(ferrite.plans.take(plan.id), context),
    )
    return endWith(session, await work)
  }
  const job = ferrite.jobs.start({
    kind: 'restore',
    deviceId: device.id,
    subject: device.name,
    work: async (context) => ({
      kind: 'report',
      report: await ferrite.restore(ferrite.plans.take(plan.id), archivePassword(), context),
    }),
  })
  const result = await followJob(session, job.id)
  if (result.kind !== 'report') throw new Error('a restore ended without a report')
  output.result(result.report, () => reportText(result.report, language))
  return exitCodeOfReport(result.report)
}

function readOptions(options: RestoreCommandOptions): RestoreOptions {
  const reason = options.reason ?? ''
  const parsed = restoreOptionsSchema.safeParse({
    mode: options.mode,
    ...(options.runTool === true && { tool: 'run' }),
    ...(options.part.length > 0 && { parts: options.part }),
    ...(options.keep !== undefined && { keep: options.keep.split(',').map((id) => id.trim()) }),
    accepted: options.accept.map((rule) => ({ rule, reason })),
    safetyBackup: options.safetyBackup ? { take: true } : { take: false, reason },
  })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.at(-1) === 'reason' ? 'reason' : (issue?.path.map(String).join('.') ?? 'options')
  throw new FailureError({ code: 'bad-input', field, reason: issue?.message ?? 'is not valid' })
}

function blocked({ deviceName, fit }: RestorePlan): FailureError {
  return new FailureError({
    code: 'restore-blocked',
    device: deviceName,
    verdict: fit.verdict,
    rules: rulesAgainst(fit),
  })
}

function planText(plan: RestorePlan, language: Language): string {
  const words = wordsIn(language)
  return [
    `${plan.archiveId} → ${plan.deviceName}`,
    fitText(plan.fit, language),
    '',
    ...plan.steps.map((step, index) => {
      const mark = step.changes ? '!' : ' '
      return `${mark} ${String(index + 1)}. ${planStepText(step, language)}`
    }),
    ...plan.sideEffects.map((effect) => `  * ${sideEffectText(effect, language)}`),
    ...removalLines(plan, language),
    ...choiceLines(plan, language),
    ...plan.notRestored.map(({ what, reason }) => `  - ${what}: ${words.leftOut[reason]}`),
    ...procedurePlanText(plan, language),
  ].join('\n')
}
