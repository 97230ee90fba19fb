import type { Language } from './language.ts'

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** `Intl` objects are slow to make and are asked for per table cell. */
const numberFormats = new Map<string, Intl.NumberFormat>()
function numberFormat(language: Language, digits: number): Intl.NumberFormat {
  const key = `${language}${digits}`
  const known = numberFormats.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  numberFormats.set(key, made)
  return made
}

const dateFormats = new Map<string, Intl.DateTimeFormat>()
function dateFormat(key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const known = dateFormats.get(key)
  if (known !== undefined) return known
  const made = make()
  dateFormats.set(key, made)
  return made
}

/** A whole number with the grouping of the language: `12,408`, `12.408`. */
export function formatCount(count: number, language: Language): string {
  return numberFormat(language, 0).format(count)
}

/** A share of 0..1 in whole percent, rounded down: 100 % is only said when it is all. `42%`, in German `42 %`. */
export function formatPercent(share: number, language: Language): string {
  const percent = Math.floor(Math.min(1, Math.max(0, share)) * 100)
  return `${percent}${language === 'de' ? ' ' : ''}%`
}

/**
 * A size in binary units with one decimal: `1.5 MiB` in English, `1,5 MiB` in German; bytes have none.
 * Spaces are ordinary ones, so that what the command line prints can be searched and split.
 */
export function formatSize(bytes: number, language: Language): string {
  const { value, unit, digits } = binary(bytes)
  return `${numberFormat(language, digits).format(value)} ${unit}`
}

/** A size to the byte, for where the exact figure matters: `1,572,864 bytes`. */
export function formatBytes(bytes: number, language: Language): string {
  const word = language === 'de' ? 'Byte' : bytes === 1 ? 'byte' : 'bytes'
  return `${formatCount(bytes, language)} ${word}`
}

/** A rate in binary units per second: `11.2 MiB/s`. */
export function formatRate(bytesPerSecond: number, language: Language): string {
  return `${formatSize(bytesPerSecond, language)}/s`
}

/** Rounding may reach the next unit (1023.97 KiB is 1.0 MiB), so the unit is chosen after it. */
function binary(bytes: number): { readonly value: number; readonly unit: string; readonly digits: number } {
  let value = Math.max(0, bytes)
  let power = 0
  while (
    power < units.length - 1 &&
    (power === 0 ? Math.round(value) : Math.round(value * 10) / 10) >= 1024
  ) {
    value /= 1024
    power += 1
  }
  return {
    value: power === 0 ? Math.round(value) : value,
    unit: units[power] ?? 'B',
    digits: power === 0 ? 0 : 1,
  }
}

interface UnitWords {
  readonly one: string
  readonly other: string
}
type DurationUnit = 'day' | 'hour' | 'minute' | 'second'
const durationWords: Readonly<Record<Language, Readonly<Record<DurationUnit, UnitWords>>>> = {
  en: {
    day: { one: 'day', other: 'days' },
    hour: { one: 'hour', other: 'hours' },
    minute: { one: 'minute', other: 'minutes' },
    second: { one: 'second', other: 'seconds' },
  },
  de: {
    day: { one: 'Tag', other: 'Tage' },
    hour: { one: 'Stunde', other: 'Stunden' },
    minute: { one: 'Minute', other: 'Minuten' },
    second: { one: 'Sekunde', other: 'Sekunden' },
  },
}

const durationUnits: readonly { readonly unit: DurationUnit; readonly seconds: number }[] = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
]

/**
 * A duration in words, in its two largest units: `2 minutes 5 seconds`, `1 Stunde 3 Minuten`.
 * Rounded to whole seconds; below half a second it is `0 seconds`.
 */
export function formatDuration(seconds: number, language: Language): string {
  let rest = Math.max(0, Math.round(seconds))
  const first = durationUnits.findIndex((each) => rest >= each.seconds)
  const start = first === -1 ? durationUnits.length - 1 : first
  const parts: string[] = []
  for (const { unit, seconds: length } of durationUnits.slice(start, start + 2)) {
    const count = Math.floor(rest / length)
    rest -= count * length
    if (count > 0 || parts.length === 0) parts.push(countOf(count, unit, language))
  }
  return parts.join(' ')
}

function countOf(count: number, unit: DurationUnit, language: Language): string {
  const words = durationWords[language][unit]
  return `${formatCount(count, language)} ${count === 1 ? words.one : words.other}`
}

/**
 * An estimate of the time left, as coarse as the estimate is: `about 3 minutes left`, `less than 10 seconds left`.
 * Figures below a minute move in steps of ten seconds so that the text does not flicker.
 */
export function formatTimeLeft(seconds: number, language: Language): string {
  const german = language === 'de'
  if (seconds < 10) return german ? 'weniger als 10 Sekunden übrig' : 'less than 10 seconds left'
  const rounded = coarse(seconds)
  const words = formatDuration(rounded, language)
  return german ? `noch etwa ${words}` : `about ${words} left`
}

function coarse(seconds: number): number {
  if (seconds < 55) return Math.ceil(seconds / 10) * 10
  if (seconds < 3600) return Math.max(1, Math.round(seconds / 60)) * 60
  return Math.round(seconds / 300) * 300
}

/** How a moment is shown and what it says when pointed at. */
export interface ShownTime {
  /** Local time: `21 Nov 2026, 07:05`, `21.11.2026, 07:05`. */
  readonly local: string
  /** The same moment in UTC, to the second: `2026-11-21 06:05:09 UTC`. */
  readonly utc: string
}

/** Options of `formatTime`. `timeZone` (IANA name) is the machine's own where it is not given. */
export interface TimeOptions {
  readonly timeZone?: string
  readonly seconds?: boolean
}

/**
 * A moment given as an ISO string or in milliseconds since 1970. What is not a moment is shown as it came: the
 * text may come from a device.
 */
export function formatTime(
  moment: string | number,
  language: Language,
  options: TimeOptions = {},
): ShownTime {
  const date = new Date(moment)
  if (Number.isNaN(date.getTime())) return { local: String(moment), utc: String(moment) }
  const { timeZone, seconds = false } = options
  const format = dateFormat(`time ${language} ${timeZone ?? ''} ${String(seconds)}`, () => {
    const german = language === 'de'
    return new Intl.DateTimeFormat(german ? 'de-DE' : 'en-GB', {
      day: '2-digit',
      month: german ? '2-digit' : 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      ...(seconds ? { second: '2-digit' } : {}),
      ...(timeZone === undefined ? {} : { timeZone }),
    })
  })
  return { local: format.format(date), utc: formatUtc(date) }
}

/** A day without its time: `21 Nov 2026`, `21.11.2026`. */
export function formatDay(moment: string | number, language: Language, options: TimeOptions = {}): string {
  const date = new Date(moment)
  if (Number.isNaN(date.getTime())) return String(moment)
  const { timeZone } = options
  const format = dateFormat(`day ${language} ${timeZone ?? ''}`, () => {
    const german = language === 'de'
    return new Intl.DateTimeFormat(german ? 'de-DE' : 'en-GB', {
      day: '2-digit',
      month: german ? '2-digit' : 'short',
      year: 'numeric',
      ...(timeZone === undefined ? {} : { timeZone }),
    })
  })
  return format.format(date)
}

function formatUtc(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

const relativeUnits: readonly { readonly unit: Intl.RelativeTimeFormatUnit; readonly seconds: number }[] = [
  { unit: 'year', seconds: 31_536_000 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
]

/**
 * How long ago a moment was, or how far ahead it is, in its largest unit: `3 days ago`, `vor 3 Tagen`,
 * `in 2 hours`. Within a minute it is `just now`. `now` is in milliseconds.
 */
export function formatAge(moment: string | number, now: number, language: Language): string {
  const time = new Date(moment).getTime()
  if (Number.isNaN(time)) return String(moment)
  const seconds = (time - now) / 1000
  const found = relativeUnits.find((each) => Math.abs(seconds) >= each.seconds)
  if (found === undefined) return language === 'de' ? 'gerade eben' : 'just now'
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' })
  return format.format(Math.trunc(seconds / found.seconds), found.unit)
}

/** Words in a row with the language's own "and": `A, B and C`, `A, B und C`. */
export function formatList(words: readonly string[], language: Language): string {
  return new Intl.ListFormat(language === 'de' ? 'de-DE' : 'en-GB', { type: 'conjunction' }).format(words)
}

/**
 * A hex fingerprint in groups of two with colons and capital letters, as `openssl` prints it, so that people can
 * compare it by eye. Anything else (for example `SHA256:…`) is returned as it is.
 */
export function formatFingerprint(fingerprint: string): string {
  if (!/^(?:[0-9a-f]{2})+$/i.test(fingerprint)) return fingerprint
  return (fingerprint.toUpperCase().match(/../g) ?? []).join(':')
}
