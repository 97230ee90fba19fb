import { readFileSync, renameSync, rmSync } from 'node:fs'
import type { FormFile } from '../ctrlx-core/form.ts'
import type { Appliance } from './appliance.ts'
import type { BackupDocument } from './backup-file.ts'
import { openBackup } from './backup-file.ts'
import { newRow, pathOf } from './backups.ts'
import type { ApplianceContent } from './content.ts'
import { imageLineOf } from './version.ts'
import type { VersionRefusal } from './version-pair.ts'
import { refusalOfPair } from './version-pair.ts'

/** What becomes of an import at once. */
export type ImportAnswer =
  | { readonly answer: 'accepted' }
  | { readonly answer: 'refused'; readonly why: VersionRefusal | 'no-file' | 'too-large' | 'key' | 'busy' }

/** Import and Restore (Migrate): looks at the file, and begins the migration when nothing speaks against it. */
export function importBackup(appliance: Appliance, file: FormFile | undefined, key: string): ImportAnswer {
  const answer = beginImport(appliance, file, key)
  const why = answer.answer === 'refused' ? answer.why : undefined
  appliance.witness.event(`import-${answer.answer}`, { why, sizeBytes: file?.sizeBytes })
  return answer
}

function beginImport(appliance: Appliance, file: FormFile | undefined, key: string): ImportAnswer {
  if (file === undefined || file.sizeBytes === 0) return { answer: 'refused', why: 'no-file' }
  if (appliance.state.importing !== undefined) return { answer: 'refused', why: 'busy' }
  if (file.sizeBytes > appliance.importLimitBytes) return { answer: 'refused', why: 'too-large' }
  const document = openBackup(readFileSync(file.path), key)
  if (document === undefined) return { answer: 'refused', why: 'key' }
  const refusal = refusalOfPair(document.createdOn.version, appliance.state.version)
  if (refusal !== undefined) return { answer: 'refused', why: refusal }
  const row = {
    ...newRow(appliance, { ...document, id: appliance.nextId() }),
    status: 'Generating' as const,
    sizeBytes: file.sizeBytes,
  }
  renameSync(file.path, pathOf(appliance, row))
  appliance.change({ backups: [...appliance.state.backups, row], importing: row.id })
  void appliance.run(async () => migrate(appliance, row.id, document))
  return { answer: 'accepted' }
}

async function migrate(appliance: Appliance, id: string, document: BackupDocument): Promise<void> {
  await appliance.pace('import-generating')
  appliance.changeBackup(id, { status: importedStatus(appliance) })
  await appliance.pace('import-queued')
  const paced = appliance.pace('restoring')
  // Waiting requests must not end the process when the power goes; they are dropped with their connections.
  appliance.restoring = paced.catch(() => undefined)
  appliance.sessions.clear()
  appliance.witness.event('restoring', { id })
  await paced
  replaceContent(appliance, id, document)
  appliance.restoring = undefined
  appliance.witness.event('restored', { id, version: document.createdOn.version })
}

/** Only the imported backup and what it carries remain; licence, address and switch stay the appliance's own. */
function replaceContent(appliance: Appliance, id: string, document: BackupDocument): void {
  const { backups, otherBackups } = appliance.state
  const lost = [...backups.filter((row) => row.id !== id), ...otherBackups]
  appliance.sessions.clear()
  appliance.pending.clear()
  appliance.change({
    content: withoutSecrets(document.content),
    lastSeen: {},
    backups: backups.filter((row) => row.id === id),
    otherBackups: [],
    importing: undefined,
  })
  for (const row of lost) rmSync(pathOf(appliance, row), { force: true })
  if (appliance.options.certificateAfterRestore === 'restored') {
    appliance.takeCertificate(document.certificate)
  }
}

function withoutSecrets(content: ApplianceContent): ApplianceContent {
  return {
    ...content,
    integrations: content.integrations.map((integration) => ({ ...integration, hasSecret: false })),
  }
}

/** The guides for 2510 and 2602 say the one, those for 2608 the other. */
function importedStatus(appliance: Appliance) {
  const byVersion =
    imageLineOf(appliance.state.version) === '2608'
      ? 'Your back import file has been queued'
      : 'Ready to download'
  return appliance.options.importedStatus ?? byVersion
}
