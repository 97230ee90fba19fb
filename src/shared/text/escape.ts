const shownAtMost = 512

/**
 * Makes text of a device or an archive safe to show, log and print: control characters become their visible symbols
 * (`␛`), invisible and direction-changing ones their code point (`<U+202E>`), and long text ends with `…`.
 */
export function escapeUntrusted(text: string, atMost = shownAtMost): string {
  // Not through the middle of a character that takes two units.
  const cut = text.slice(0, atMost).replace(/[\ud800-\udbff]$/, '')
  const shown = text.length > atMost ? `${cut}…` : text
  return shown.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    return code === 0x7f ? '␡' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
  })
}
