import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** An entry as another program shows it; what it does not tell is left out. */
export interface PeerEntry {
  /** Its bytes, each as one character. */
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  readonly sizeBytes?: number
  readonly crc32?: number
  readonly sha256?: string
}

/** What another program makes of one archive. */
export type PeerAnswer =
  | {
      readonly kind: 'read'
      readonly entries: readonly PeerEntry[]
      /** The SHA-256 of all contents of files, one behind the other. */
      readonly allContents?: string
      /** True where names beyond ASCII are shown as it guesses; its entries are in the order of the archive. */
      readonly guessesNames?: boolean
    }
  | { readonly kind: 'refused'; readonly why: string }

/** A program that reads archives, asked about all archives of a folder at once. */
export interface Peer {
  readonly name: string
  readonly read: (folder: string, files: readonly string[]) => Promise<ReadonlyMap<string, PeerAnswer>>
}

const runFile = promisify(execFile)
/** The code page is UTF-8, the language is none. */
const env = { ...process.env, LC_ALL: 'C.UTF-8', UNZIP: '', ZIPINFO: '' }

/**
 * Runs a program in a folder and answers all it says, each byte as one character: names are compared as the bytes they
 * are. An exit code other than 0 is no error here.
 */
export async function output(folder: string, command: string, ...args: readonly string[]): Promise<string> {
  const options = { cwd: folder, env, maxBuffer: 1 << 28, encoding: 'latin1' as const }
  try {
    return (await runFile(command, args, options)).stdout
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && 'code' in error && typeof error.code === 'number')
      return String(error.stdout)
    throw error
  }
}

/** Runs a line of shell for each of some files; in it, `$f` is the file. Answers what each has said. */
export async function forEachFile(
  folder: string,
  files: readonly string[],
  line: string,
): Promise<ReadonlyMap<string, string>> {
  const mark = '=====file====='
  const script = `for f in "$@"; do printf '%s%s\\n' '${mark}' "$f"; { ${line}; } 2>&1; printf '\\n'; done`
  const said = await output(folder, 'sh', '-c', script, 'sh', ...files)
  return new Map(
    said
      .split(mark)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n')
        return [part.slice(0, end), part.slice(end + 1, -1)] as const
      }),
  )
}

export function refusedBecause(why: string): PeerAnswer {
  return { kind: 'refused', why: why.slice(0, 300) }
}

/** A name as all programs can agree on it: without a dot in front and a slash behind. */
export function plainName(name: string): string {
  return name.replace(/^\.\//, '').replace(/\/\.?$/, '')
}

/** Without the root folder itself, which is no entry. */
export function withoutRoot(entries: readonly PeerEntry[]): readonly PeerEntry[] {
  return entries.filter(({ name }) => name !== '' && name !== '.')
}
