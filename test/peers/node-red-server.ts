import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadCertificate } from '../../src/practice/certificate.ts'

const require = createRequire(import.meta.url)
/** Node-RED brings the package, which brings no types of its own here. */
const bcrypt = require('bcryptjs') as { hashSync: (password: string, rounds: number) => string }
const startLimitMs = 60_000

export interface NodeRedOptions {
  /** Who may log in; an instance without users is open to everybody. */
  readonly users?: readonly {
    readonly user: string
    readonly password: string
    readonly permissions: string
  }[]
  /** Modules that the instance finds, by name, each with the one node type that it brings. */
  readonly modules?: Readonly<Record<string, { readonly version: string; readonly type: string }>>
  readonly httpAdminRoot?: string
}

/** The real Node-RED of the package `node-red`, in a process of its own, on loopback alone. */
export interface NodeRed {
  readonly port: number
  readonly fingerprint: string
  /** Everything that it wrote. */
  readonly output: () => string
  readonly stop: () => Promise<void>
}

/** Starts Node-RED in a folder of its own and waits until its flows run. */
export async function startNodeRed(options: NodeRedOptions = {}): Promise<NodeRed> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-node-red-'))
  const { fingerprint } = await loadCertificate(folder, 'node-red')
  const port = await freePort()
  await writeFile(join(folder, 'settings.cjs'), settingsOf(folder, port, options))
  await addModules(folder, options.modules ?? {})
  const program = require.resolve('node-red/red.js')
  const child = spawn(process.execPath, [program, '--settings', join(folder, 'settings.cjs')], {
    env: { PATH: process.env['PATH'], HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const started = new Promise<void>((resolve, reject) => {
    const take = (piece: Buffer): void => {
      output += piece.toString()
      if (output.includes('Started flows')) resolve()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('exit', () => {
      reject(new Error(`Node-RED ended: ${output}`))
    })
    setTimeout(() => {
      reject(new Error(`Node-RED did not start: ${output}`))
    }, startLimitMs).unref()
  })
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
    await rm(folder, { recursive: true, force: true })
  }
  await started.catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { port, fingerprint, output: () => output, stop }
}

function settingsOf(folder: string, port: number, { users = [], httpAdminRoot }: NodeRedOptions): string {
  const accounts = users.map(({ user, password, permissions }) => ({
    username: user,
    password: bcrypt.hashSync(password, 4),
    permissions,
  }))
  const settings = {
    uiHost: '127.0.0.1',
    uiPort: port,
    userDir: folder,
    flowFile: 'flows.json',
    credentialSecret: randomBytes(8).toString('hex'),
    // Every change is told with its event, whoever made it: the witness of these tests.
    logging: { console: { level: 'info', metrics: false, audit: true } },
    telemetry: { enabled: false, updateNotification: false },
    externalModules: { palette: { allowInstall: false }, modules: { allowInstall: false } },
    ...(httpAdminRoot !== undefined && { httpAdminRoot }),
    ...(users.length > 0 && { adminAuth: { type: 'credentials', users: accounts } }),
  }
  const tls = ['certificate-key', 'certificate'].map((name) => JSON.stringify(join(folder, `${name}.pem`)))
  return `const { readFileSync } = require('fs')
module.exports = {
  ...${JSON.stringify(settings)},
  https: { key: readFileSync(${tls[0] ?? ''}), cert: readFileSync(${tls[1] ?? ''}) },
}
`
}

async function addModules(folder: string, modules: NonNullable<NodeRedOptions['modules']>): Promise<void> {
  const dependencies = Object.fromEntries(
    Object.entries(modules).map(([name, { version }]) => [name, version]),
  )
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'instance', dependencies }))
  for (const [name, { version, type }] of Object.entries(modules)) {
    const home = join(folder, 'node_modules', name)
    await mkdir(home, { recursive: true })
    const description = { name, version, 'node-red': { nodes: { [type]: 'node.js' } } }
    await writeFile(join(home, 'package.json'), JSON.stringify(description))
    await writeFile(
      join(home, 'node.js'),
      `module.exports = (RED) => RED.nodes.registerType('${type}', function (c) { RED.nodes.createNode(this, c) })`,
    )
    await writeFile(join(home, 'node.html'), `<script>RED.nodes.registerType('${type}', {})</script>`)
  }
}

/** Node-RED takes no port 0, so the system is asked for one first. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
