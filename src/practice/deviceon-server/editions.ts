import type { EditionId } from './options.ts'

/** What sets the installers apart. Paths are those a person types on the server. */
export interface Edition {
  readonly id: EditionId
  /** Ends a line of every output. */
  readonly newline: '\r\n' | '\n'
  readonly installFolder: string
  readonly recoveryTool: string
  readonly configFolder: string
  readonly storageFolder: string
  /** Where a login over SSH begins. */
  readonly homeFolder: (user: string) => string
}

const windowsInstall = String.raw`C:\Program Files\Advantech\DeviceOn Server`
const ubuntuInstall = '/opt/advantech/deviceon'

/**
 * The vendor documents the Windows tools folder and the Linux folder of Server_Config.xml; the other places are
 * assumptions (see assumptions.ts).
 */
export const editions: Readonly<Record<EditionId, Edition>> = {
  windows: {
    id: 'windows',
    newline: '\r\n',
    installFolder: windowsInstall,
    recoveryTool: String.raw`${windowsInstall}\Tools\System Recovery\recovery.bat`,
    configFolder: String.raw`${windowsInstall}\etc\deviceon`,
    storageFolder: String.raw`D:\DeviceOn\Backup`,
    homeFolder: (user) => `C:\\Users\\${user}`,
  },
  ubuntu: {
    id: 'ubuntu',
    newline: '\n',
    installFolder: ubuntuInstall,
    recoveryTool: `${ubuntuInstall}/tools/system-recovery/recovery.sh`,
    configFolder: `${ubuntuInstall}/etc/deviceon`,
    storageFolder: '/var/backups/deviceon',
    homeFolder: (user) => `/home/${user}`,
  },
}
