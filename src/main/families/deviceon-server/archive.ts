import { FailureError } from '../../../shared/failure.ts'
import type { Identity } from '../../../shared/model/identity.ts'
import type { OpenArchive } from '../../archives/open.ts'
import { holdsBackupName } from './archive-name.ts'

/** A zip with the name that servers give; nothing inside it is documented, so nothing inside it is looked for. */
export function recognises({ container, name }: OpenArchive): boolean {
  return container === 'zip' && holdsBackupName(name.split(/[\\/]/).at(-1) ?? '')
}

/**
 * The identity as it was recorded when the file was fetched: the file itself names neither version nor TPM.
 * @throws FailureError `archive-foreign`
 */
export function readArchive(archive: OpenArchive, recorded: Identity): Promise<Identity> {
  if (recognises(archive)) return Promise.resolve({ ...recorded, family: 'deviceon-server' })
  return Promise.reject(
    new FailureError({
      code: 'archive-foreign',
      archive: archive.name,
      family: 'deviceon-server',
      detail: 'it is no zip with the name Backup_YYYYMMDD_HHMMZ.zip',
    }),
  )
}
