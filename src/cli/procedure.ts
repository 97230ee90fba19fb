import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { FailureError } from '../shared/failure.ts'
import type { Device } from '../shared/model/device.ts'
import { procedureIdSchema, standingOf, type Procedure, type ProcedureId } from '../shared/model/procedure.ts'
import type { JobContext } from '../main/jobs/runner.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { listText, procedureText } from './procedure-text.ts'
import { exitCodeOfReport } from './report.ts'
import {
  followJob,
  giveCredentials,
  type CliSession,
  type CommonOptions,
  type RunCommand,
} from './session.ts'

interface ConfirmOptions extends CommonOptions {
  readonly note?: string
}
interface AbandonOptions extends CommonOptions {
  readonly reason: string
}

/** `procedure list|show|confirm|resume|abandon`: restores that a person and Ferrite do together. */
export function addProcedureCommands(program: Command, run: RunCommand): void {
  const procedure = program.command('procedure').description('restores that you and Ferrite do step by step')
  procedure
    .command('list')
    .description('all of them, the newest first; code 4 where a file of one is damaged')
    .action(async (options: CommonOptions) => {
      await run(options, listProcedures)
    })
  procedure
    .command('show <id>')
    .description('its steps, what is done, and the next command')
    .action(async (id: string, options: CommonOptions) => {
      await run(options, async (session) => endWith(session, await find(session, id)))
    })
  procedure
    .command('confirm <id> <step>')
    .description('say that the step is done, then let Ferrite go on')
    .option('--note <text>', 'what you saw; some steps need it')
    .action(async (id: string, step: string, options: ConfirmOptions) => {
      await run(options, async (session, { note }) => await confirm(session, id, step, note))
    })
  procedure
    .command('resume <id>')
    .description('go on with what Ferrite does itself')
    .action(async (id: string, options: CommonOptions) => {
      await run(options, async (session) => await resume(session, await find(session, id)))
    })
  procedure
    .command('abandon <id>')
    .description('end it before its last step')
    .requiredOption('--reason <text>', 'why, for the report and the history')
    .action(async (id: string, options: AbandonOptions) => {
      await run(options, async (session, { reason }) => {
        const { id: found } = await find(session, id)
        return endWith(session, await session.ferrite.guidedRestore.abandon(found, { by: person(), reason }))
      })
    })
}

/** Runs automatic steps as a job of the device, until a person is needed. Where one fails, says how to go on. */
export async function goOn(
  session: CliSession,
  device: Pick<Device, 'id' | 'name'>,
  work: (context: JobContext) => Promise<Procedure>,
): Promise<Procedure> {
  const { ferrite, output } = session
  const job = ferrite.jobs.start({
    kind: 'procedure',
    deviceId: device.id,
    subject: device.name,
    work: async (context) => ({ kind: 'procedure', procedureId: (await work(context)).id }),
  })
  try {
    const result = await followJob(session, job.id)
    if (result.kind !== 'procedure') throw new Error('a guided restore ended without a procedure')
    return await ferrite.procedures.get(result.procedureId)
  } catch (error) {
    const { procedures } = await ferrite.procedures.list()
    const open = procedures.find(({ plan, report }) => plan.deviceId === device.id && !report)
    if (open) output.say(procedureText(open, output.language))
    throw error
  }
}

/** Prints where a procedure stands, with the next command, and gives the exit code of that. */
export function endWith({ output }: CliSession, procedure: Procedure): ExitCode {
  output.result({ procedure }, () => procedureText(procedure, output.language))
  if (procedure.report) return exitCodeOfReport(procedure.report)
  return standingOf(procedure).kind === 'unclear' ? exitCodes.unclear : exitCodes.done
}

async function listProcedures({ ferrite, output }: CliSession): Promise<ExitCode> {
  const { procedures, damaged } = await ferrite.procedures.list()
  output.result({ items: procedures, ...(damaged.length > 0 && { damaged }) }, () =>
    listText(procedures, output.language),
  )
  if (damaged.length === 0) return exitCodes.done
  if (!output.json) for (const { failure } of damaged) output.failure(failure)
  return exitCodes.different
}

async function confirm(
  session: CliSession,
  id: string,
  stepId: string,
  note: string | undefined,
): Promise<ExitCode> {
  const { ferrite } = session
  const { id: found } = await find(session, id)
  const confirmed = await ferrite.guidedRestore.confirm(found, { stepId, by: person(), note })
  return standingOf(confirmed).kind === 'for-ferrite'
    ? await resume(session, confirmed)
    : endWith(session, confirmed)
}

async function resume(session: CliSession, { id, plan }: Procedure): Promise<ExitCode> {
  const { ferrite } = session
  const device = await ferrite.inventory.get(plan.deviceId)
  if (ferrite.familyOf(device.family).login === 'needed') await giveCredentials(session, device)
  const procedure = await goOn(session, device, (context) => ferrite.guidedRestore.run(id, context))
  return endWith(session, procedure)
}

/** By its id or a unique start of it, with or without `proc-`. */
async function find({ ferrite }: CliSession, id: string): Promise<Procedure> {
  const whole = procedureIdSchema.safeParse(id)
  if (whole.success) return await ferrite.procedures.get(whole.data)
  const { procedures } = await ferrite.procedures.list()
  const start = id.startsWith('proc-') ? id : `proc-${id}`
  const found = procedures.filter((procedure) => procedure.id.startsWith(start))
  const [only] = found
  if (only && found.length === 1) return only
  const matches = found.map((procedure): ProcedureId => procedure.id)
  throw new FailureError(
    found.length === 0
      ? { code: 'not-found', kind: 'procedure', id }
      : { code: 'bad-input', field: 'id', reason: `is the start of ${matches.join(', ')}` },
  )
}

function person(): string {
  return userInfo().username
}
