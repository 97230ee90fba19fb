import { FailureError } from '../../../shared/failure.ts'
import type { Dialogs } from '../../app/dialogs.ts'
import type { Ferrite } from '../../compose.ts'
import { Confirmations } from '../../restore/confirmations.ts'
import type { Handlers } from '../serve.ts'

type RestoreHandlers = Pick<
  Handlers,
  'fit.check' | 'fit.devices' | 'restore.plan' | 'restore.confirm' | 'restore.start' | 'restore.reports'
>

/** Requests about the fit and the restore. A restore starts only with a token that main made for this very plan. */
export function restoreHandlers(ferrite: Ferrite, dialogs: Dialogs): RestoreHandlers {
  const { inventory, fitCheck, plans, confirmations, jobs, journal } = ferrite
  return {
    'fit.check': async ({ archiveId, deviceId }, signal) =>
      (await fitCheck(archiveId, 'whole', signal)).against(await inventory.get(deviceId)),
    'fit.devices': async ({ archiveId }, signal) => {
      const check = await fitCheck(archiveId, 'pair', signal)
      return (await inventory.list()).map((device) => {
        const { verdict, findings, identityReadAt } = check.against(device)
        const [deciding] = findings
        return {
          deviceId: device.id,
          verdict,
          ...(deciding && { deciding }),
          ...(identityReadAt !== undefined && { identityReadAt }),
        }
      })
    },
    'restore.plan': async ({ archiveId, deviceId, options }, signal) =>
      await ferrite.planRestore(archiveId, await inventory.get(deviceId), options, signal),
    'restore.confirm': async ({ planId, typedName }) => {
      const plan = plans.get(planId)
      Confirmations.checkName(plan, typedName)
      if (!(await dialogs.confirmRestore(plan))) {
        throw new FailureError({ code: 'confirmation-missing', reason: 'you pressed cancel' })
      }
      return { token: confirmations.issue(plan) }
    },
    'restore.start': ({ planId, token, password }) => {
      const plan = plans.get(planId)
      confirmations.use(token, plan)
      plans.take(planId)
      return jobs.start({
        kind: 'restore',
        deviceId: plan.deviceId,
        subject: plan.deviceName,
        work: async (context) => ({ kind: 'report', report: await ferrite.restore(plan, password, context) }),
      }).id
    },
    'restore.reports': async () => {
      const { procedures } = await ferrite.procedures.list()
      const guided = procedures.flatMap(({ report }) => report ?? [])
      return [...(await journal.reports()), ...guided].toSorted((a, b) => b.endedAt.localeCompare(a.endedAt))
    },
  }
}
