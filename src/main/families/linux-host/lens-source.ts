import type { Entry } from '../../../shared/model/entry.ts'
import { breathe } from '../../archives/archive-base.ts'
import type { OpenArchive } from '../../archives/open.ts'

const textBytesAtMost = 1024 * 1024
const filesAtMost = 200

/** One line of a file that says something, and the file it is in. */
export interface Line {
  readonly text: string
  readonly file: string
}

/** The text of a file; empty where it is no file, or larger than the system's own ever are. */
export async function textIn(
  archive: OpenArchive,
  path: string,
  signal: AbortSignal,
  bytesAtMost = textBytesAtMost,
): Promise<string> {
  const entry = archive.find(path)
  if (entry?.kind !== 'file' || entry.sizeBytes > bytesAtMost) return ''
  return (await archive.readBytes(path, bytesAtMost, signal)).toString()
}

/** Lines of a file that are neither empty nor comments. */
export async function linesIn(
  archive: OpenArchive,
  path: string,
  signal: AbortSignal,
): Promise<readonly Line[]> {
  const text = await textIn(archive, path, signal)
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ text: line, file: path }))
}

/** The entries whose paths fit, of a folder or of several, in one pass; the first 200 of each name. */
export async function entriesLike<Name extends string>(
  archive: OpenArchive,
  wanted: Readonly<Record<Name, RegExp>>,
  signal: AbortSignal,
  atMost = filesAtMost,
): Promise<Readonly<Record<Name, readonly Entry[]>>> {
  const names = Object.keys(wanted) as Name[]
  const found = Object.fromEntries(names.map((name) => [name, [] as Entry[]])) as Record<Name, Entry[]>
  let seen = 0
  for (const entry of archive.entries()) {
    if (++seen % 4096 === 0) await breathe(signal)
    for (const name of names) {
      if (found[name].length < atMost && wanted[name].test(entry.path)) found[name].push(entry)
    }
  }
  return found
}

/** Sections of a file in the manner of systemd.syntax(7) and of NetworkManager's keyfiles; keys may come twice. */
export function parseSections(
  text: string,
): readonly { readonly section: string; readonly key: string; readonly value: string }[] {
  let section = ''
  return text.split('\n').flatMap((raw) => {
    const line = raw.trim()
    const [, heading] = /^\[([^\]]{1,100})\]$/.exec(line) ?? []
    if (heading !== undefined) section = heading
    const at = line.indexOf('=')
    if (heading !== undefined || at <= 0 || /^[#;]/.test(line)) return []
    return [{ section, key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() }]
  })
}
