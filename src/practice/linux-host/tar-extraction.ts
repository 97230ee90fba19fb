import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import type { Extract, Header } from 'tar-stream'
import { extract } from 'tar-stream'
import { parentOf } from './file-tree.ts'
import type { Execution } from './host.ts'
import { CutOff } from './host.ts'
import { store } from './store.ts'

type PassingEntry = Extract extends AsyncIterable<infer Entry> ? Entry : never

/** Unpacks a tar stream below a folder of the host, replacing what has the same names. */
export async function unpack(
  execution: Execution,
  content: Readable,
  request: { readonly folder: string; readonly members: readonly string[] },
): Promise<number> {
  const { host, effect, complain } = execution
  const entries = extract()
  const reading = pipeline(content, entries)
  reading.catch(() => undefined)
  const missing = new Set(request.members)
  let count = 0
  let exitCode = 0
  try {
    for await (const entry of entries) {
      const name = entry.header.name.replace(/\/+$/, '')
      const member = request.members.find((wanted) => name === wanted || name.startsWith(`${wanted}/`))
      if (request.members.length === 0 || member !== undefined) {
        missing.delete(member ?? '')
        if (effect?.effect === 'half-applied' && count >= effect.afterEntries) throw new CutOff()
        count += 1
        const failure = await place(execution, { entry, name, folder: request.folder })
        if (failure !== undefined) {
          complain(`tar: ${name}: ${failure}\n`)
          exitCode = 2
        }
      }
      entry.resume()
    }
    await reading
  } catch (cause) {
    if (cause instanceof CutOff) throw cause
    complain(`tar: ${cause instanceof Error ? cause.message : 'damaged'}\n`)
    exitCode = 2
  } finally {
    host.tree.save()
  }
  for (const name of missing) complain(`tar: ${name}: Not found in archive\n`)
  host.witness.event('unpacked', { folder: request.folder, entries: count })
  if (exitCode === 0 && missing.size === 0) return 0
  complain('tar: Exiting with failure status due to previous errors\n')
  return 2
}

/** Puts one entry in its place and gives the complaint where that cannot be done. */
async function place(
  { host, user, effect }: Execution,
  { entry, name, folder }: { readonly entry: PassingEntry; readonly name: string; readonly folder: string },
): Promise<string | undefined> {
  const { tree } = host
  const header: Header = entry.header
  if (name.split('/').includes('..')) return "Member name contains `..', skipping"
  const path = tree.place(`${folder}/${name}`)
  if (path === undefined) return 'Cannot open: No such file or directory'
  if (!tree.mayChange(parentOf(path), user)) return 'Cannot open: Permission denied'
  const isOwner = user.uid === 0
  // The library's streams can be iterated, its types do not say so.
  const content = entry as unknown as AsyncIterable<Uint8Array>
  const attributes = {
    mode: header.mode & 0o7777,
    uid: isOwner ? header.uid : user.uid,
    gid: isOwner ? header.gid : user.gid,
    modifiedAt: Math.floor(header.mtime.getTime() / 1000),
  }
  if (header.type === 'directory') tree.makeFolder(path, attributes)
  else if (header.type === 'symlink') tree.link(path, { ...attributes, linkTarget: header.linkname })
  else if (header.type === 'link') {
    const target = tree.resolve(`${folder}/${header.linkname}`)
    if (target === undefined) return `Cannot hard link to '${header.linkname}': No such file or directory`
    tree.write(path, tree.read(target), tree.get(target) ?? attributes)
  } else if (!(await store(host, { path, attributes, content, effect }))) {
    return 'Cannot write: No space left on device'
  }
  return undefined
}
