import { userInfo } from 'node:os'
import { clipboard, shell } from 'electron'
import { formatAddress } from '../../../shared/model/address.ts'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { JobId } from '../../../shared/model/job.ts'
import type { Procedure } from '../../../shared/model/procedure.ts'
import type { CopySecret } from '../../app/secret-clipboard.ts'
import type { Ferrite } from '../../compose.ts'
import type { JobContext } from '../../jobs/runner.ts'
import type { Aid } from '../../restore/aid-of.ts'
import type { Handlers } from '../serve.ts'

type ProcedureHandlers = Pick<
  Handlers,
  | 'procedures.list'
  | 'procedures.start'
  | 'procedures.run'
  | 'procedures.confirm'
  | 'procedures.abandon'
  | 'procedures.aid'
>

/** Requests about guided restores. One starts only with a token that main made for this very plan. */
export function procedureHandlers(ferrite: Ferrite, copySecret: CopySecret): ProcedureHandlers {
  const { plans, confirmations, jobs, procedures, guidedRestore } = ferrite
  const start = (
    deviceId: DeviceId,
    subject: string,
    work: (context: JobContext) => Promise<Procedure>,
  ): JobId =>
    jobs.start({
      kind: 'procedure',
      deviceId,
      subject,
      work: async (context) => ({ kind: 'procedure', procedureId: (await work(context)).id }),
    }).id
  return {
    'procedures.list': async () => await procedures.list(),
    'procedures.start': ({ planId, token }) => {
      const plan = plans.get(planId)
      confirmations.use(token, plan)
      plans.take(planId)
      return start(plan.deviceId, plan.deviceName, (context) => guidedRestore.start(plan, context))
    },
    'procedures.run': async ({ id }) => {
      const { plan } = await procedures.get(id)
      return start(plan.deviceId, plan.deviceName, (context) => guidedRestore.run(id, context))
    },
    'procedures.confirm': async ({ id, step, note }) =>
      await guidedRestore.confirm(id, { stepId: step, by: userInfo().username, note }),
    'procedures.abandon': async ({ id, reason }) =>
      await guidedRestore.abandon(id, { by: userInfo().username, reason }),
    'procedures.aid': async ({ id, step, aid }) => {
      const offer = await ferrite.aidOf(id, step, aid)
      if (offer?.kind === 'key') {
        await copySecret(await ferrite.keys.show(offer.archiveId, 'clipboard'))
        return 'copied'
      }
      return offer === undefined ? 'nothing' : await give(offer)
    },
  }
}

async function give(aid: Exclude<Aid, { readonly kind: 'key' }>): Promise<'copied' | 'opened' | 'shown'> {
  switch (aid.kind) {
    case 'text':
      // Synchronous up to Electron 44, a promise after it; awaiting is right for both.
      await (clipboard.writeText(aid.text) as unknown)
      return 'copied'
    case 'page':
      await openDevicePage(aid.address)
      return 'opened'
    case 'file':
      shell.showItemInFolder(aid.file)
      return 'shown'
  }
}

/** Opens the start page of a device of the inventory in the person's browser; an address has no path and no query. */
async function openDevicePage(address: Extract<Aid, { readonly kind: 'page' }>['address']): Promise<void> {
  await shell.openExternal(formatAddress(address))
}
