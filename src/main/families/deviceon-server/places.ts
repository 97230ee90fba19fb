import type { ArchiveRecord } from '../../../shared/model/record.ts'
import { serverName } from './archive-name.ts'
import { requireStorage, type Edition, type ServerFacts } from './facts.ts'

/** Where a restore puts things on the server, and where the vendor's tool lies; as a person types it there. */
export interface Places {
  readonly stagingFolder: string
  /** The file as it is called while it is uploaded, and afterwards. */
  readonly partial: string
  readonly file: string
  /** The recovery tool; only the one of Windows is documented. */
  readonly tool: string | undefined
}

/** Case of the folder names differs between pages of the manual; Windows does not mind. */
const toolBelowInstall = String.raw`\Tools\System Recovery\recovery.bat`
const defaultInstall = String.raw`C:\Program Files\Advantech\DeviceOn Server`

/**
 * The places for one archive: always the same, so that what an earlier try left is found again. The folder lies beside
 * the storage folder: there is room for backups there, and System Backup does not count it among its own.
 * @throws FailureError `bad-input` where nobody said where the backups lie
 */
export function placesOf(facts: ServerFacts, record: ArchiveRecord, edition: Edition): Places {
  const separator = edition === 'windows' ? '\\' : '/'
  const storage = requireStorage(facts)
  const cut = storage.lastIndexOf(separator)
  const parent = storage.slice(0, cut)
  const stagingFolder = `${parent}${separator}ferrite-${record.sha256.slice(0, 12)}`
  const name = serverName(record.fileName) ?? 'backup.zip'
  return {
    stagingFolder,
    partial: `${stagingFolder}${separator}${name}.part`,
    file: `${stagingFolder}${separator}${name}`,
    tool: edition === 'windows' ? `${facts.installFolder ?? defaultInstall}${toolBelowInstall}` : undefined,
  }
}
