import { maxLevels, maxPartBytes, maxPathLength } from './limits.ts'

/**
 * What a name inside an archive is worth.
 *
 * - `escape`: it could leave a folder; the archive is refused.
 * - `malformed`: no two tools would read it alike; the archive is refused.
 * - `unsafe`: shown, never created on the PC, whatever its operating system.
 * - `safe`: means the same file on every system.
 */
export type NameVerdict = 'escape' | 'malformed' | 'unsafe' | 'safe'

const driveOrRoot = /^(?:[A-Za-z]:|[/\\])/
const separators = /[/\\]/
/** Characters that Windows forbids (`:` opens an NTFS stream) and those that drive a terminal. */
const forbidden = /[\u0000-\u001f\u007f-\u009f<>:"|?*\\]/
/** What is not seen or turns the reading direction: format characters, fillers, tags, line separators. */
const invisible = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u
/** Look like `/`, `\`, or like Latin letters in another width. */
const lookalikes = /[\u2044\u2215\u29f5\u29f8\u29f9\ufe68\uff01-\uff5e]/
const latin = /\p{Script=Latin}/u
/** Cyrillic, and those Greek letters that look like Latin ones; units such as Ω and µ are left alone. */
const latinTwins = /[\p{Script=Cyrillic}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχϲϳ]/u
/** Windows opens these as devices, with any extension and with spaces before it; superscript digits count. */
const reserved =
  /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:[.:]|$)/i

/** Judges a path that uses `/`, without the slash that ends a folder's name. */
export function judgeName(path: string): NameVerdict {
  if (driveOrRoot.test(path)) return 'escape'
  if (path.split(separators).includes('..')) return 'escape'
  const parts = path.split('/')
  if (path.includes('\0') || parts.some((part) => part === '' || part === '.')) return 'malformed'
  if (path.length > maxPathLength || parts.length > maxLevels) return 'unsafe'
  return parts.every(isSafePart) ? 'safe' : 'unsafe'
}

/** Short enough to leave room for a number. */
const madePartBytes = 200

/**
 * A name for one part of a path that is safe on every system, like the given one where that is possible: what no system
 * or no eye can hold becomes `_`. Different parts may give the same name.
 */
export function safePartFor(part: string): string {
  if (isSafePart(part)) return part
  let name = replaced(part.normalize('NFC'), isUnfit)
  if (latin.test(name)) name = replaced(name, (character) => latinTwins.test(character))
  name = clipPart(name).replace(/[. ]+$/, (ending) => '_'.repeat(ending.length))
  if (reserved.test(name)) name = `_${name}`
  return isSafePart(name) ? name : '_'
}

function replaced(text: string, isReplaced: (character: string) => boolean): string {
  return Array.from(text, (character) => (isReplaced(character) ? '_' : character)).join('')
}

function isUnfit(character: string): boolean {
  return (
    forbidden.test(character) || invisible.test(character) || lookalikes.test(character) || character === '/'
  )
}

/** Cuts in front of the ending, which tells people and systems what a file is. */
function clipPart(name: string): string {
  if (utf8Length(name) <= madePartBytes) return name
  const [ending = ''] = /\.[^.]{1,16}$/.exec(name) ?? []
  const stem = Array.from(name.slice(0, name.length - ending.length))
  while (utf8Length(stem.join('')) + utf8Length(ending) > madePartBytes)
    stem.length = Math.floor(stem.length * 0.9)
  return stem.join('') + ending
}

function isSafePart(part: string): boolean {
  if (forbidden.test(part) || invisible.test(part) || lookalikes.test(part)) return false
  if (part.endsWith('.') || part.endsWith(' ') || reserved.test(part)) return false
  if (latin.test(part) && latinTwins.test(part)) return false
  return part.length <= maxPartBytes && utf8Length(part) <= maxPartBytes
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** Per byte: 1 where a name needs the full judgement. */
const suspicious = new Uint8Array(256).fill(1, 0x80)
suspicious.fill(1, 0, 0x20)
for (const character of '\x7f<>:"|?*\\') suspicious[character.charCodeAt(0)] = 1
/** Per byte: 1 for the letters that begin a reserved name. */
const reservedInitials = new Uint8Array(256)
for (const letter of 'cpanlCPANL') reservedInitials[letter.charCodeAt(0)] = 1

const slash = 0x2f
const dot = 0x2e
const space = 0x20

/** True only where `judgeName` would say `safe`; false where it has to be asked. A million names take no second. */
export function isPlainName(bytes: Uint8Array, start: number, end: number): boolean {
  if (end <= start || end - start > maxPathLength) return false
  let partStart = start
  let firstDot = -1
  let levels = 0
  for (let at = start; at <= end; at += 1) {
    const byte = at === end ? slash : (bytes[at] ?? 0)
    if (byte === dot && firstDot < 0) firstDot = at
    if (byte !== slash) {
      if (suspicious[byte] === 1) return false
      continue
    }
    levels += 1
    if (at === partStart || at - partStart > maxPartBytes || levels > maxLevels) return false
    const last = bytes[at - 1]
    if (last === dot || last === space) return false
    const stem = (firstDot < 0 ? at : firstDot) - partStart
    if (mayBeReserved(bytes, partStart, stem)) return false
    partStart = at + 1
    firstDot = -1
  }
  return true
}

/** CON, COM1, CLOCK$, CONOUT$ by their lengths, and such a name with spaces before its extension. */
function mayBeReserved(bytes: Uint8Array, start: number, stem: number): boolean {
  if (reservedInitials[bytes[start] ?? 0] !== 1) return false
  return stem === 3 || stem === 4 || stem === 6 || stem === 7 || bytes[start + stem - 1] === space
}

/**
 * Two names with the same fold are one file on some file system: case (Windows, macOS) and Unicode composition
 * (macOS). Names too long to exist on any of them are folded as ASCII only, which is cheap at any length.
 */
export function foldName(name: string): string {
  if (name.length > maxPathLength) return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
}

/** True where following a symbolic link at `path` would leave the archive's own tree. */
export function linkLeaves(path: string, target: string): boolean {
  if (driveOrRoot.test(target) || target.includes('\0')) return true
  let depth = path.split('/').length - 1
  for (const part of target.split(separators)) {
    if (part === '..') depth -= 1
    else if (part !== '' && part !== '.') depth += 1
    if (depth < 0) return true
  }
  return false
}

/** A name short enough for a message; hostile ones have 65,535 bytes. */
export function clipName(name: string): string {
  return name.length > 300 ? `${name.slice(0, 300)}…` : name
}
