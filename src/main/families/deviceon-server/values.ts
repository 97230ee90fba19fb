import { versionNumbers } from '../../../shared/compatibility/version.ts'

const version = /(?<![\d.])\d{1,4}\.\d{1,4}\.\d{1,4}(?![\d.])/g

/** The one version of three numbers in a text; `undefined` where there is none or more than one. */
export function readVersion(text: string): string | undefined {
  const found = text.match(version) ?? []
  return found.length === 1 ? found[0] : undefined
}

/** True for exactly three numbers, as the vendor counts. */
export function isVersion(text: string): boolean {
  return versionNumbers(text).length === 3 && /^[\d.]+$/.test(text)
}

/** A SHA-256 in lower-case hex, whatever separates its bytes; `undefined` for anything else. */
export function normaliseKeyHash(text: string): string | undefined {
  const digits = text.replaceAll(/[\s:-]/g, '').toLowerCase()
  return /^[0-9a-f]{64}$/.test(digits) ? digits : undefined
}

/** A MAC address as `02-AB-…`; `undefined` for anything else. */
export function normaliseMac(text: string): string | undefined {
  const digits = text.trim().replaceAll(/[:-]/g, '').toUpperCase()
  return /^[0-9A-F]{12}$/.test(digits) ? (digits.match(/../g) ?? []).join('-') : undefined
}

/** The first line of an answer that says something, cut to what a person reads. */
export function oneLine(text: string): string {
  const line = text
    .replaceAll('\0', '')
    .split(/\r?\n/)
    .map((each) => each.trim())
    .find((each) => each !== '')
  return (line ?? '').slice(0, 200)
}
