const longestBytes = 120
/** What is too long is cut to less, so that a sign added to a reserved name still fits. */
const cutBytes = 118
const fallback = 'archive'

/** Names that Windows gives to devices, alone or before any ending (`NUL.tar.gz`); superscript digits count too. */
const deviceName = /^(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³])$/i

/** A record may name a file `refusal.json`, as it was stored before there were refusals; no new file is named so. */
const ownName = /^record\.json$/i
const newOwnName = /^(record|refusal)\.json$/i
const ownEnding = /\.(part|tmp|lock)$/i

/**
 * Makes a name that came from a device or another computer safe for every file system the vault may be copied to:
 * never a path, a Windows device, an NTFS stream, an option of a command, a hidden file or the name of one of the vault's own
 * files; at most 120 bytes in UTF-8, keeping the end, which tells the kind of file; composed letters (NFC).
 *
 * Total and idempotent: gives a name for any text, and leaves a safe one as it is.
 */
export function safeFileName(given: string): string {
  const plain = given
    .normalize('NFC')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '_')
    .replace(/\p{Zs}/gu, ' ')
  const whole = makeFree(trimEnds(plain) || fallback, newOwnName)
  return makeFree(trimEnds(shorten(whole)), newOwnName)
}

/**
 * Whether a name read from a record may be put behind a folder. Looser than what `safeFileName` makes, and not
 * dependent on a version of Unicode, so that a record stays readable for good; but never a path, a stream, a partial
 * or one of the vault's own files.
 */
export function isPlainFileName(name: string): boolean {
  return (
    name.length > 0 && !/[/\\:\u0000-\u001f\u007f]|^\.|[. ]$/.test(name) && makeFree(name, ownName) === name
  )
}

/** Leading dots hide a file, leading dashes look like options; Windows drops trailing dots and blanks unasked. */
function trimEnds(name: string): string {
  return name.replace(/^[ .~-]+/, '').replace(/[ .]+$/, '')
}

/** Moves a name out of the way of Windows devices and of the vault's own files. */
function makeFree(name: string, own: RegExp): string {
  const [stem = ''] = name.split('.')
  const taken = deviceName.test(stem.trim()) || own.test(name)
  return `${taken ? '_' : ''}${name}${ownEnding.test(name) ? '_' : ''}`
}

/** Shortens before the ending (`.tar.gz` counts as one), by whole characters. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= longestBytes) return name
  const ending = /(\.[a-z0-9]{1,8}){1,2}$/i.exec(name)?.[0] ?? ''
  const room = cutBytes - ending.length
  let stem = ''
  let used = 0
  for (const character of name.slice(0, name.length - ending.length)) {
    used += Buffer.byteLength(character)
    if (used > room) break
    stem += character
  }
  return stem + ending
}
