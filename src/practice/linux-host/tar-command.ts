import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Readable } from 'node:stream'
import type { Header, Pack } from 'tar-stream'
import { extract, pack } from 'tar-stream'
import type { Execution, Host } from './host.ts'
import { unpack } from './tar-extraction.ts'

/** What the command line of `tar` asks for. */
interface TarRequest {
  readonly action: 'create' | 'list' | 'extract'
  readonly isCompressed: boolean
  readonly file: string
  readonly folder: string
  readonly members: readonly string[]
  readonly isFromEmptyList: boolean
  readonly longOptions: readonly string[]
}

const gnuOptions = /^--(numeric-owner|acls|xattrs|xattrs-include=.*)$/

/** `tar` as far as backups need it: create, list and extract, with or without gzip. */
export async function tar(execution: Execution): Promise<number> {
  const { args, host, print, complain } = execution
  if (host.tar === 'none') {
    complain('sh: 1: tar: not found\n')
    return 127
  }
  if (args[0] === '--version') {
    await print(host.tar === 'gnu' ? 'tar (GNU tar) 1.34\n' : 'tar (busybox) 1.35.0\n')
    return 0
  }
  const request = readRequest(args)
  const unknown = request?.longOptions.find((option) => host.tar === 'busybox' || !gnuOptions.test(option))
  if (request === undefined || unknown !== undefined) {
    complain(`tar: unrecognized option '${unknown ?? args[0] ?? ''}'\n`)
    return host.tar === 'gnu' ? 64 : 1
  }
  if (request.action === 'create') return create(execution, request)
  const path = host.tree.resolve(request.file)
  if (path === undefined) {
    complain(
      `tar: ${request.file}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n`,
    )
    return 2
  }
  const packed = host.tree.readStream(path)
  const content = request.isCompressed ? packed.pipe(createGunzip()) : packed
  packed.on('error', (error) => content.destroy(error))
  try {
    if (request.action === 'list') return await list(execution, content)
    return await unpack(execution, content, request)
  } finally {
    packed.destroy()
  }
}

function readRequest(args: readonly string[]): TarRequest | undefined {
  const end = args.indexOf('--')
  const options = end === -1 ? args : args.slice(0, end)
  const members = end === -1 ? [] : args.slice(end + 1)
  const valueOf = (option: string): string | undefined => {
    const index = options.indexOf(option)
    return index === -1 ? undefined : options[index + 1]
  }
  const bundle = options.find((option) => /^-[ctxzpf]+f$/.test(option))
  if (bundle === undefined) return undefined
  const list = valueOf('-T')
  return {
    action: bundle.includes('c') ? 'create' : bundle.includes('x') ? 'extract' : 'list',
    isCompressed: bundle.includes('z'),
    file: valueOf(bundle) ?? '-',
    folder: valueOf('-C') ?? '/',
    members,
    isFromEmptyList: list === '/dev/null',
    longOptions: options.filter((option) => option.startsWith('--')),
  }
}

async function list({ print, complain }: Execution, content: Readable): Promise<number> {
  const names = extract()
  try {
    const reading = pipeline(content, names)
    reading.catch(() => undefined)
    for await (const entry of names) {
      await print(`${entry.header.name}${entry.header.type === 'directory' ? '/' : ''}\n`)
      entry.resume()
    }
    await reading
    return 0
  } catch (cause) {
    complain(
      `tar: ${cause instanceof Error ? cause.message : 'damaged'}\ntar: Error is not recoverable: exiting now\n`,
    )
    return 2
  }
}

async function create(execution: Execution, request: TarRequest): Promise<number> {
  const { print } = execution
  const packed = pack()
  const output = request.isCompressed ? packed.pipe(createGzip()) : packed
  const state = { exitCode: 0 }
  const filling = fill(execution, request, { packed, state })
  filling.catch((cause: unknown) => output.destroy(cause instanceof Error ? cause : new Error(String(cause))))
  // What ends the reading of a stream early is told by the reader; the streams have nothing to add.
  output.on('error', () => undefined)
  packed.on('error', () => undefined)
  try {
    for await (const bytes of output) await print(bytes as Buffer)
    await filling
  } finally {
    packed.destroy()
  }
  if (state.exitCode !== 0) execution.complain('tar: Exiting with failure status due to previous errors\n')
  return state.exitCode
}

interface Packing {
  readonly packed: Pack
  readonly state: { exitCode: number }
}

async function fill(execution: Execution, request: TarRequest, packing: Packing): Promise<void> {
  const { host, complain } = execution
  for (const member of request.members) {
    const path = host.tree.place(`${request.folder}/${member}`)
    if (path !== undefined && host.tree.get(path) !== undefined) {
      await add(execution, { path, name: member.replace(/^\/+|\/+$/g, '') }, packing)
    } else {
      complain(`tar: ${member}: Cannot stat: No such file or directory\n`)
      packing.state.exitCode = 2
    }
  }
  packing.packed.finalize()
}

async function add(
  execution: Execution,
  { path, name }: { readonly path: string; readonly name: string },
  packing: Packing,
): Promise<void> {
  const { tree } = execution.host
  const attributes = tree.get(path)
  if (attributes === undefined) return
  const { packed } = packing
  const { mode, uid, gid, linkTarget = '' } = attributes
  const header = { name, mode, uid, gid, mtime: new Date(attributes.modifiedAt * 1000) }
  if (!tree.mayRead(path, execution.user)) {
    execution.complain(`tar: ${name}: Cannot open: Permission denied\n`)
    packing.state.exitCode = 2
    if (attributes.kind === 'folder') packed.entry({ ...header, name: `${name}/`, type: 'directory' })
  } else if (attributes.kind === 'link') {
    packed.entry({ ...header, type: 'symlink', linkname: linkTarget })
  } else if (attributes.kind === 'folder') {
    packed.entry({ ...header, name: `${name}/`, type: 'directory' })
    for (const child of tree.children(path)) {
      const below = path === '' ? child : `${path}/${child}`
      await add(execution, { path: below, name: `${name}/${child}` }, packing)
    }
  } else {
    await addFile(execution.host, path, { packed, header })
  }
}

async function addFile(
  { tree }: Host,
  path: string,
  { packed, header }: { readonly packed: Pack; readonly header: Partial<Header> & Pick<Header, 'name'> },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const entry = packed.entry({ ...header, size: tree.sizeOf(path) }, (error) => {
      if (error) reject(error)
      else resolve()
    })
    const content = tree.readStream(path)
    entry.on('error', () => content.destroy())
    content.on('error', reject).pipe(entry)
  })
}
