import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LoggedEvent, PracticeDevice } from '../practice-device.ts'
import { loadHostKey, renewHostKey } from '../ssh/host-key.ts'
import { SshServer } from '../ssh/ssh-server.ts'
import { openWitness } from '../witness.ts'
import { serveConnection } from './connection.ts'
import { configure, fillServer } from './content.ts'
import type { ServerFault } from './faults.ts'
import type { DeviceOnServerOptions, EditionId, PortalCondition } from './options.ts'
import { Portal } from './portal.ts'
import type { BackupRequest, GrowingBackup, MadeBackup } from './scheduled-backups.ts'
import { growBackup, growBackupSlowly, makeBackup } from './scheduled-backups.ts'
import { Server } from './server.ts'
import { loadState, saveState } from './server-state.ts'

/** What a look at the server itself shows. */
export interface ServerSight {
  readonly version: string
  /** Whether it is as installation left it. */
  readonly baseline: boolean
  /** SHA-256 of the backup that is wholly restored, as long as nothing else has happened to the data. */
  readonly restoredFrom: string | undefined
  readonly deviceCount: number
  /** Whether the recovery tool is at work, or died at work: its services are stopped. */
  readonly isRestoring: boolean
}

/**
 * A practised DeviceOn server. Its log holds attempts to log in (`AUTH`), commands (`EXEC`), operations on files
 * (`SFTP`), connections carried on (`FORWARD`) and the requests to the portal; its events the turns of the recovery
 * tool. Numbers of connections are counted for SSH and for the portal separately.
 */
export interface DeviceOnServer extends PracticeDevice {
  readonly family: 'deviceon-server'
  readonly folder: string
  readonly edition: EditionId
  /** The machine GUID of Windows or the machine id of Linux. */
  readonly serialNumber: string
  readonly portalUrl: string
  readonly portalPort: number
  /** Paths as a person types them on the server. */
  readonly installFolder: string
  readonly storageFolder: string
  readonly recoveryTool: string
  /** SHA-256 of the endorsement key in lower-case hex, where there is a TPM. */
  readonly endorsementKeyHash: string | undefined
  sight(): ServerSight
  /** Where a path of the server lies on this machine, for a look from outside. */
  realPath(path: string): string
  events(): readonly LoggedEvent[]
  /** Lays a fault in wait and answers how to take it back. */
  inject(fault: ServerFault): () => void
  clearFaults(): void
  setPortal(condition: PortalCondition): void
  /** Lets the schedule make a backup at once. */
  makeBackup(request?: BackupRequest): Promise<MadeBackup>
  /** Lets a backup appear that grows whenever it is told to. */
  growBackup(request?: { readonly at?: Date; readonly parts?: number }): Promise<GrowingBackup>
  /** Lets a backup appear that grows by itself. */
  growBackupSlowly(request: {
    readonly at?: Date
    readonly parts?: number
    readonly everyMs: number
  }): Promise<{ readonly name: string; readonly whole: Promise<MadeBackup> }>
  /** What a person does at the server with the tool of that name; it has no other way in. */
  resetToDefault(): void
  /** Removes DeviceOn and installs this version, which leaves the clean baseline too. */
  reinstall(version: string): void
  /** Ends every connection at once, as a pulled cable does; new ones are served. */
  dropConnections(): void
  /** Shows another host key from now on and gives its fingerprint; open connections keep the old one. */
  changeHostKey(): string
}

/** Starts a server that speaks SSH and HTTP on loopback. The same folder brings the same server back. */
export async function startDeviceOnServer(options: DeviceOnServerOptions): Promise<DeviceOnServer> {
  const { folder, name, host = '127.0.0.1' } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { state, isNew } = loadState(options)
  const witness = openWitness(join(folder, 'witness.log'), options.clock ?? Date.now)
  const server = new Server(options, state, witness)
  if (isNew) {
    await fillServer(server)
    saveState(folder, server.state)
  }
  let { fingerprint, privateKey } = loadHostKey(folder)
  const portal = new Portal(server)
  const portalPort = await listenAgain(portal, server)
  const ssh = new SshServer((client, line) => {
    serveConnection(server, client, { ...line, portalPort })
  }, privateKey)
  const port = await ssh.listen(host, options.port ?? 0).catch(async (cause: unknown) => {
    await portal.close()
    witness.close()
    throw cause
  })
  let stopping: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    stopping ??= Promise.all([ssh.close(), portal.close()])
      .then(() => server.idle())
      .then(() => {
        witness.close()
      })
    await stopping
  }
  const { installFolder, storageFolder, recoveryTool } = server.edition
  return {
    name,
    family: 'deviceon-server',
    address: `ssh://${host}:${port}`,
    get fingerprint() {
      return fingerprint
    },
    facts: {
      storageFolder,
      installFolder,
      portalPort: String(portalPort),
      portalUser: state.installed.accounts[0]?.name ?? '',
    },
    folder,
    edition: state.edition,
    get serialNumber() {
      return server.machineId
    },
    portalUrl: `http://127.0.0.1:${portalPort}`,
    portalPort,
    installFolder,
    storageFolder,
    recoveryTool,
    get endorsementKeyHash() {
      return server.hasTpm ? server.endorsementKeyHash : undefined
    },
    sight: () => sightOf(server),
    realPath: (path) => server.disk.known(path).real,
    log: () => witness.requests(),
    events: () => witness.events(),
    inject: (fault) => server.faults.inject(fault),
    clearFaults: () => {
      server.faults.clear()
    },
    setPortal: (condition) => {
      server.portal = condition
    },
    makeBackup: async (request) => makeBackup(server, request),
    growBackup: async (request) => growBackup(server, request),
    growBackupSlowly: async (request) => growBackupSlowly(server, request),
    resetToDefault: () => {
      returnToBaseline(server, server.state.version)
    },
    reinstall: (version) => {
      returnToBaseline(server, version)
    },
    dropConnections: () => {
      ssh.dropConnections()
      portal.dropConnections()
    },
    changeHostKey: () => {
      ;({ fingerprint, privateKey } = renewHostKey(folder))
      ssh.useKey(privateKey)
      return fingerprint
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** At the port of the last start, unless someone else has taken it meanwhile. */
async function listenAgain(portal: Portal, server: Server): Promise<number> {
  const { portalPort: wanted } = server.options
  const last = server.state.portalPort ?? 0
  const port = await portal.listen(wanted ?? last).catch(async (cause: unknown) => {
    if (wanted !== undefined || last === 0 || (cause as NodeJS.ErrnoException).code !== 'EADDRINUSE')
      throw cause
    return portal.listen(0)
  })
  server.change({ portalPort: port })
  return port
}

function sightOf({ state, isRestoring }: Server): ServerSight {
  return {
    version: state.version,
    baseline: state.data.kind === 'baseline',
    restoredFrom: state.data.kind === 'restored' ? state.data.sha256 : undefined,
    deviceCount: state.database.devices.length,
    isRestoring,
  }
}

function returnToBaseline(server: Server, version: string): void {
  configure(server)
  server.change({ version, database: server.state.installed, data: { kind: 'baseline' } })
  server.isRestoring = false
  server.witness.event('returned-to-baseline', { version })
}
