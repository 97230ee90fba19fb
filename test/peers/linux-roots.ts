import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Owners can be given and compared only by the superuser; tests say which of the two they have proven. */
export const isRoot = process.getuid?.() === 0

/** Two folders that stand for the root of one host and of another. */
export interface Roots extends AsyncDisposable {
  readonly folder: string
  readonly source: string
  readonly target: string
}

export async function newRoots(): Promise<Roots> {
  const folder = await mkdtemp(join(tmpdir(), 'linux-roots-'))
  const [source, target] = [join(folder, 'source'), join(folder, 'target')]
  for (const root of [source, target]) await mkdir(join(root, 'tmp'), { recursive: true })
  return {
    folder,
    source,
    target,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

export interface FileOptions {
  readonly mode?: number
  readonly owner?: readonly [number, number]
}

/** Writes a file with its folders, its rights and, for the superuser, its owner. */
export async function put(
  root: string,
  path: string,
  content: string | Buffer,
  { mode = 0o644, owner }: FileOptions = {},
): Promise<void> {
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
  if (owner && isRoot) await chown(file, ...owner)
  await chmod(file, mode)
}

/** A tree with what real hosts have and simple tools lose. */
export async function fillRoot(root: string): Promise<void> {
  await put(root, 'etc/app/app.conf', 'speed = 12\n', { mode: 0o640, owner: [0, 42] })
  await put(root, 'etc/app/secret.key', 'a key', { mode: 0o600, owner: [998, 998] })
  await put(root, 'etc/app/empty', '')
  await put(root, 'etc/.hidden', 'dot')
  await put(root, "etc/o'clock (Linie 3) Ü.txt", 'quotes, spaces and an umlaut')
  await put(root, 'etc/-rf', 'a dash')
  await put(root, `etc/${'deep/'.repeat(30)}${'long'.repeat(40)}`, 'a long name')
  await symlink('/usr/share/zoneinfo/Europe/Berlin', join(root, 'etc/localtime'))
  await symlink('app.conf', join(root, 'etc/app/current'))
  await put(root, 'opt/app/bin/app', Buffer.alloc(300_000, 'binary'), { mode: 0o755, owner: [7, 8] })
  await put(root, 'opt/app/bin/helper', 'set-uid', { mode: 0o4755 })
  await link(join(root, 'opt/app/bin/app'), join(root, 'opt/app/bin/app-hard'))
  await mkdir(join(root, 'opt/app/spool'))
  await chmod(join(root, 'opt/app/spool'), 0o1777)
  await run('mkfifo', [join(root, 'opt/app/pipe')])
  await mkdir(join(root, 'srv/none'), { recursive: true })
  await chmod(join(root, 'srv/none'), 0o700)
}

/** One line for everything below a folder, read without any code under test. Times are no part of it. */
export async function inventoryOf(root: string): Promise<readonly string[]> {
  const lines: string[] = []
  const visit = async (path: string): Promise<void> => {
    for (const name of (await readdir(join(root, path))).sort()) {
      const inner = path === '' ? name : `${path}/${name}`
      const stat = await lstat(join(root, inner))
      const type = stat.isSymbolicLink()
        ? await readlink(join(root, inner))
        : stat.isFile()
          ? await hashOf(join(root, inner))
          : ''
      const owner = isRoot ? `${stat.uid}:${stat.gid}` : 'owner not compared'
      lines.push(`${inner} ${stat.mode.toString(8)} ${owner} ${type}`)
      if (stat.isDirectory()) await visit(inner)
    }
  }
  await visit('')
  return lines
}

async function hashOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
}
