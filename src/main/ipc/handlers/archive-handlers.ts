import { basename } from 'node:path'
import type { Device } from '../../../shared/model/device.ts'
import type { FamilyId } from '../../../shared/model/family-id.ts'
import type { Job } from '../../../shared/model/job.ts'
import type { Dialogs } from '../../app/dialogs.ts'
import { heldOf } from '../../backup/back-up.ts'
import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'

type ArchiveHandlers = Pick<
  Handlers,
  | 'backup.scope'
  | 'backup.start'
  | 'archives.list'
  | 'archives.verify'
  | 'archives.import'
  | 'archives.export'
>

/** Starts an import job for each file. */
export function importFiles(
  { jobs, importArchive }: Ferrite,
  files: readonly string[],
  options: { readonly family?: FamilyId; readonly device?: Device } = {},
): readonly Job[] {
  return files.map((file) =>
    jobs.start({
      kind: 'import',
      subject: basename(file),
      work: async (context) => {
        const { id } = await importArchive({ file, ...options }, context)
        return { kind: 'archive', archiveId: id }
      },
    }),
  )
}

/** Requests about backups and the vault. */
export function archiveHandlers(ferrite: Ferrite, dialogs: Dialogs): ArchiveHandlers {
  const { vault, catalog, jobs, inventory, activity } = ferrite
  return {
    'backup.scope': async ({ id }, signal) => {
      await using session = await ferrite.connect(await inventory.get(id), signal)
      return await session.scope(signal, heldOf(catalog, id))
    },
    'backup.start': async ({ id, parts, password, note }) => {
      const device = await inventory.get(id)
      const request = {
        device,
        ...(parts && { parts }),
        ...(password !== undefined && { password }),
        ...(note !== undefined && { note }),
      }
      return jobs.start({
        kind: 'backup',
        deviceId: id,
        subject: device.name,
        work: async (context) => ({
          kind: 'archive',
          archiveId: (await ferrite.backUp(request, context)).id,
        }),
      }).id
    },
    'archives.list': async () => {
      await catalog.refresh()
      return { records: catalog.all(), damaged: catalog.damaged() }
    },
    'archives.verify': async ({ archiveId }) => {
      const record = await vault.read(archiveId)
      return jobs.start({ kind: 'verify', subject: record.device.name, work: ferrite.verify(record) }).id
    },
    'archives.import': async ({ family, deviceId }) => {
      const files = await dialogs.chooseImports()
      const device = deviceId && (await inventory.get(deviceId))
      const started = importFiles(ferrite, files, { ...(family && { family }), ...(device && { device }) })
      const [job, ...others] = started
      return others.length === 0 ? job?.id : undefined
    },
    'archives.export': async ({ archiveId }, signal) => {
      const record = await vault.read(archiveId)
      const file = await dialogs.chooseExport(record.fileName)
      if (file === undefined) return false
      await vault.exportTo(archiveId, file, { signal })
      await activity.append({
        action: 'archive-exported',
        subject: record.device.name,
        facts: { archive: archiveId, file: basename(file) },
      })
      return true
    },
  }
}
