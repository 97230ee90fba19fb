import { basename } from 'node:path'
import type { Dialogs } from '../../app/dialogs.ts'
import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'

type RefusedHandlers = Pick<Handlers, 'refused.list' | 'refused.export' | 'refused.check'>

/** Requests about files that the reader refused. */
export function refusedHandlers(ferrite: Ferrite, dialogs: Pick<Dialogs, 'chooseExport'>): RefusedHandlers {
  const { vault, jobs, activity } = ferrite
  return {
    'refused.list': async () => await vault.refusals.list(),
    'refused.export': async ({ refusedId }, signal) => {
      const { fileName, device } = await vault.refusals.read(refusedId)
      const file = await dialogs.chooseExport(fileName)
      if (file === undefined) return false
      await vault.refusals.exportTo(refusedId, file, { signal })
      await activity.append({
        action: 'archive-exported',
        subject: device?.name ?? fileName,
        facts: { refused: refusedId, file: basename(file) },
      })
      return true
    },
    'refused.check': async ({ refusedId }) => {
      const refusal = await vault.refusals.read(refusedId)
      return jobs.start({
        kind: 'import',
        subject: refusal.fileName,
        work: async (context) => {
          const { id } = await ferrite.checkRefused(refusal, context)
          return { kind: 'archive', archiveId: id }
        },
      }).id
    },
  }
}
