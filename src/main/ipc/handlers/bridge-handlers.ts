import { FailureError } from '../../../shared/failure.ts'
import type { Dialogs } from '../../app/dialogs.ts'
import type { Ferrite } from '../../compose.ts'
import { Confirmations } from '../../restore/confirmations.ts'
import type { Handlers } from '../serve.ts'

type BridgeHandlers = Pick<Handlers, 'bridge.plan' | 'bridge.files' | 'bridge.confirm' | 'bridge.start'>

/** Requests about making a pair fit. Apps are changed only with a token that main made for this very plan. */
export function bridgeHandlers(
  ferrite: Pick<Ferrite, 'inventory' | 'bridgePlan' | 'appJobs' | 'changeApps' | 'confirmations' | 'jobs'>,
  dialogs: Pick<Dialogs, 'chooseApps' | 'confirmApps'>,
): BridgeHandlers {
  const { inventory, appJobs, confirmations, jobs } = ferrite
  return {
    'bridge.plan': async ({ archiveId, deviceId }, signal) =>
      await ferrite.bridgePlan(archiveId, await inventory.get(deviceId), signal),
    'bridge.files': async ({ archiveId, deviceId }, signal) => {
      const files = await dialogs.chooseApps()
      if (files.length === 0) return undefined
      return await appJobs.make(archiveId, await inventory.get(deviceId), files, signal)
    },
    'bridge.confirm': async ({ planId, typedName, safetyBackup }) => {
      Confirmations.checkName(appJobs.get(planId), typedName)
      const plan = appJobs.choose(planId, safetyBackup)
      if (!(await dialogs.confirmApps(plan))) {
        throw new FailureError({ code: 'confirmation-missing', reason: 'you pressed cancel' })
      }
      return { token: confirmations.issue(plan) }
    },
    'bridge.start': ({ planId, token, password }) => {
      const { deviceId, deviceName, ...plan } = appJobs.get(planId)
      confirmations.use(token, { deviceName, ...plan })
      const job = appJobs.take(planId)
      return jobs.start({
        kind: 'bridge',
        deviceId,
        subject: deviceName,
        work: async (context) => ({
          kind: 'apps',
          report: await ferrite.changeApps(job, password, context),
        }),
      }).id
    },
  }
}
