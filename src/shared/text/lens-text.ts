import type { LensCell, LensColumnKind } from '../model/lens.ts'
import { lensText as german } from './de/lens.ts'
import { lensText as english, type LensText } from './en/lens.ts'
import { formatCount, formatSize, formatTime } from './format.ts'
import type { Language } from './language.ts'

const byLanguage: Readonly<Record<Language, LensText>> = { en: english, de: german }

/** The words for tables of an archive's inside. */
export function lensTextIn(language: Language): LensText {
  return byLanguage[language]
}

/**
 * A cell as text; `undefined` where there is nothing to say, or a secret. The text is the device's own and untrusted,
 * but for codes. A code without words shows itself.
 */
export function lensCellText(cell: LensCell, kind: LensColumnKind, language: Language): string | undefined {
  const { codes, yes, no } = byLanguage[language]
  if (cell === null || typeof cell === 'object') return undefined
  if (typeof cell === 'boolean') return cell ? yes : no
  if (typeof cell === 'number')
    return kind === 'size' ? formatSize(cell, language) : formatCount(cell, language)
  const words: Readonly<Record<string, string>> = codes
  if (kind === 'code') return Object.hasOwn(words, cell) ? words[cell] : cell
  return kind === 'time' ? formatTime(cell, language).local : cell
}
