import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LoggedEvent, PracticeDevice } from '../practice-device.ts'
import { loadHostKey, renewHostKey } from '../ssh/host-key.ts'
import { SshServer } from '../ssh/ssh-server.ts'
import { openWitness } from '../witness.ts'
import { serveConnection } from './connection.ts'
import { fillTree } from './content.ts'
import type { HostFault } from './faults.ts'
import { FileTree } from './file-tree.ts'
import { Host } from './host.ts'
import { hostModels } from './models.ts'
import type { LinuxHostOptions } from './options.ts'

/** A practised Linux host. Its log holds attempts to log in (`AUTH`) and commands (`EXEC`) with their exit codes. */
export interface LinuxHost extends PracticeDevice {
  readonly family: 'linux-host'
  readonly folder: string
  /** Its machine id, as the file system holds it now. */
  readonly serialNumber: string
  /** The files as the host sees them, for a look from outside. */
  readonly tree: FileTree
  events(): readonly LoggedEvent[]
  /** Lays a fault in wait and answers how to take it back. */
  inject(fault: HostFault): () => void
  clearFaults(): void
  /** Ends every connection at once, as a pulled cable does; new ones are served. */
  dropConnections(): void
  /** Shows another host key from now on and gives its fingerprint; open connections keep the old one. */
  changeHostKey(): string
}

/** Starts a host that speaks SSH on loopback. The same folder brings the same host back. */
export async function startLinuxHost(options: LinuxHostOptions): Promise<LinuxHost> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const tree = new FileTree(options.folder)
  const { name, model, payloadBytes = 0 } = options
  if (tree.get('etc') === undefined) fillTree(tree, { model: hostModels[model], name, payloadBytes })
  const witness = openWitness(join(options.folder, 'witness.log'), options.clock ?? Date.now)
  const host = new Host(tree, options, witness)
  const server = new SshServer((client, line) => {
    serveConnection(host, client, line)
  }, loadHostKey(options.folder).privateKey)
  const port = await server.listen(options.host ?? '127.0.0.1', options.port ?? 0)
  let { fingerprint } = loadHostKey(options.folder)
  let stopping: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    stopping ??= server
      .close()
      .then(() => host.idle())
      .then(() => {
        witness.close()
      })
    await stopping
  }
  return {
    name,
    family: 'linux-host',
    address: `ssh://${options.host ?? '127.0.0.1'}:${port}`,
    get fingerprint() {
      return fingerprint
    },
    folder: options.folder,
    get serialNumber() {
      return host.contentOf('etc/machine-id').toString().trim()
    },
    tree,
    log: () => witness.requests(),
    events: () => witness.events(),
    inject: (fault) => host.faults.inject(fault),
    clearFaults: () => {
      host.faults.clear()
    },
    dropConnections: () => {
      server.dropConnections()
    },
    changeHostKey: () => {
      const key = renewHostKey(options.folder)
      fingerprint = key.fingerprint
      server.useKey(key.privateKey)
      return fingerprint
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
