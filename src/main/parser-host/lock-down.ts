import { syncBuiltinESMExports } from 'node:module'

/**
 * Takes away from this process what it never needs, before anything else is loaded: it opens files for reading, and
 * that is all. Under plain Node the permission model says the same from outside; Electron's utility process has no such
 * switch, so there this is the fence.
 */

const readingOnly: ReadonlySet<string> = new Set([
  ...[
    'access',
    'close',
    'exists',
    'fstat',
    'lstat',
    'open',
    'openAsBlob',
    'read',
    'readFile',
    'readv',
    'realpath',
  ],
  ...['readdir', 'readlink', 'stat', 'statfs'],
])

type Members = Record<string, unknown>
/** A function, not an arrow: some of what it stands for is called with `new`. */
function refuse(what: string): () => never {
  return function refused() {
    throw Object.assign(new Error(`The parser process may not use ${what}.`), { code: 'ERR_ACCESS_DENIED' })
  }
}

function refuseAll(module: string, keep: (name: string) => boolean = () => false): void {
  // Built-in modules are plain objects of functions; the types know each by its own shape only.
  const members = process.getBuiltinModule(module) as unknown as Members
  for (const [name, member] of Object.entries(members)) {
    if (typeof member === 'function' && !keep(name)) members[name] = refuse(`${module}.${name}`)
  }
}

/** Writes only where the flags say so: the one function that can open a file for both. */
function openForReading(members: Members, name: 'open' | 'openSync'): void {
  const open = members[name] as (...words: readonly unknown[]) => unknown
  members[name] = (path: unknown, flags: unknown, ...more: readonly unknown[]): unknown => {
    const isReading =
      typeof flags === 'number' ? (flags & writeFlags) === 0 : flags === undefined || flags === 'r'
    // Where nothing is said about flags, the second word is the callback.
    if (isReading || typeof flags === 'function') return open(path, flags, ...more)
    return refuse('files for writing')()
  }
}

const files = process.getBuiltinModule('node:fs')
const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = files.constants
const writeFlags = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND

const isReading = (name: string): boolean =>
  readingOnly.has(name.replace(/Sync$/, '')) || /^[A-Z_]/.test(name)

refuseAll('node:fs', isReading)
refuseAll('node:fs/promises', isReading)
openForReading(files, 'open')
openForReading(files, 'openSync')
openForReading(process.getBuiltinModule('node:fs/promises'), 'open')
for (const module of ['node:child_process', 'node:cluster', 'node:worker_threads', 'node:inspector'])
  refuseAll(module)
for (const module of ['node:dgram', 'node:dns', 'node:dns/promises', 'node:http', 'node:https', 'node:http2'])
  refuseAll(module)
for (const module of ['node:net', 'node:tls']) {
  // Classes that other modules are built on stay; what opens or takes a connection goes.
  refuseAll(module, (name) => /^[A-Z]/.test(name))
}
const { Socket, Server } = process.getBuiltinModule('node:net')
Object.assign(Socket.prototype, { connect: refuse('the network') })
Object.assign(Server.prototype, { listen: refuse('the network') })
Object.assign(globalThis, { fetch: refuse('the network'), WebSocket: undefined, EventSource: undefined })
Object.assign(process, { binding: refuse('native parts'), dlopen: refuse('native parts') })
syncBuiltinESMExports()
