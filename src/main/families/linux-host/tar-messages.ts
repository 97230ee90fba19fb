/** What `tar` wrote on its error output, sorted by what it means for the archive. Untrusted text of the device. */
export interface TarMessages {
  /** Names that the login may not read, as in the archive. */
  readonly unreadable: readonly string[]
  /** The archive is whole, but a file moved while it was read, or something was passed over by design. */
  readonly warnings: readonly string[]
  /** Anything else: the archive does not hold what it should. */
  readonly errors: readonly string[]
}

/** Lines that only say that there were other lines. */
const closing =
  /^(Exiting with failure status due to previous errors|error exit delayed from previous errors)$/

/** `tar: NAME: Cannot open: Permission denied` (GNU) and `tar: can't open 'NAME': Permission denied` (busybox). */
const denied = [
  /^(.*): Cannot (?:open|stat|read|savedir|change directory): Permission denied$/,
  /^(?:can't open|can't stat|can't change directory to) '(.*)': Permission denied$/,
  /^'?(.*?)'?: Permission denied$/,
]

const harmless = [
  /: file changed as we read it$/,
  /: File removed before we read it$/,
  /: Directory removed before we read it$/,
  /: File shrank by \d+ bytes; padding with zeros$/,
  /: socket ignored$/,
  /: door ignored$/,
  /: Unknown file type; file ignored$/,
  /^Removing leading /,
  /: implausibly old time stamp /,
  /: time stamp .* is .* s in the future$/,
]

/** A name below a chosen one that went away between the listing of its folder and its turn. */
const vanished = [
  /^(.*): Cannot (?:stat|open): No such file or directory$/,
  /^can't (?:open|stat) '(.*)': No such file or directory$/,
  /^'?(.*?)'?: No such file or directory$/,
]

/**
 * Sorts the messages of one run of `tar` in the C locale. `chosen` are the names it was told: one of those going away
 * is an error, a file below them that went away is not, because there is nothing left to keep.
 */
export function sortTarMessages(text: string, chosen: readonly string[]): TarMessages {
  const unreadable: string[] = []
  const warnings: string[] = []
  const errors: string[] = []
  for (const line of text.split('\n')) {
    const message = unescapeName(line.replace(/^(\/\S*\/)?tar: /, '').trim())
    if (message === '' || closing.test(message)) continue
    const refused = nameIn(message, denied)
    const gone = nameIn(message, vanished)
    if (refused !== undefined) unreadable.push(refused)
    else if (gone !== undefined && !chosen.includes(gone)) warnings.push(message)
    else if (harmless.some((pattern) => pattern.test(message))) warnings.push(message)
    else errors.push(message)
  }
  return { unreadable: [...new Set(unreadable)], warnings, errors }
}

function nameIn(message: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const name = pattern.exec(message)?.[1]
    if (name !== undefined) return name.replace(/\/+$/, '')
  }
  return undefined
}

/** In the C locale GNU tar writes bytes outside ASCII as `\303\274` and a colon in a name as `\:`. */
function unescapeName(text: string): string {
  if (!text.includes('\\')) return text
  const bytes: number[] = []
  const source = Buffer.from(text)
  for (let index = 0; index < source.length; index += 1) {
    const octal = /^\\([0-3][0-7]{2})/.exec(source.toString('latin1', index, index + 4))?.[1]
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8))
      index += 3
    } else if (source[index] === 0x5c && index + 1 < source.length) {
      bytes.push(source[index + 1] ?? 0)
      index += 1
    } else bytes.push(source[index] ?? 0)
  }
  return Buffer.from(bytes).toString()
}
