import type { Language } from './language.ts'

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** A size in binary units: `1.5 MiB` in English, `1,5 MiB` in German. */
export function formatSize(bytes: number, language: Language): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const digits = power === 0 ? 0 : 1
  const number = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return `${number.format(bytes / 1024 ** power)} ${units[power] ?? 'B'}`
}
