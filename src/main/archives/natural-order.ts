const zero = 0x30
const nine = 0x39

/**
 * Names in the order in which people look for them: numbers by their value, so that `file2` comes before `file10`, and
 * letters of the Latin alphabet whatever their case. Everything else goes by code unit. It is a total order, the same
 * on every computer, and some ten times as fast as one that knows the rules of a language.
 */
export function compareNaturally(a: string, b: string): number {
  let [at, bt] = [0, 0]
  while (at < a.length && bt < b.length) {
    const x = a.charCodeAt(at)
    const y = b.charCodeAt(bt)
    if (isDigit(x) && isDigit(y)) {
      const [aStart, bStart] = [skipZeros(a, at), skipZeros(b, bt)]
      at = skipDigits(a, aStart)
      bt = skipDigits(b, bStart)
      const difference = at - aStart - (bt - bStart) || compareDigits(a, aStart, b, bStart, at - aStart)
      if (difference !== 0) return difference
    } else {
      const difference = folded(x) - folded(y)
      if (difference !== 0) return difference
      at += 1
      bt += 1
    }
  }
  const left = a.length - at - (b.length - bt)
  if (left !== 0) return left
  // The same but for case and leading zeros.
  return a < b ? -1 : a > b ? 1 : 0
}

function isDigit(code: number): boolean {
  return code >= zero && code <= nine
}

function folded(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code | 0x20 : code
}

/** The first digit that counts; the last one does in any case. */
function skipZeros(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) === zero && isDigit(text.charCodeAt(at + 1))) at += 1
  return at
}

function skipDigits(text: string, from: number): number {
  let at = from
  while (at < text.length && isDigit(text.charCodeAt(at))) at += 1
  return at
}

function compareDigits(a: string, aStart: number, b: string, bStart: number, length: number): number {
  for (let step = 0; step < length; step += 1) {
    const difference = a.charCodeAt(aStart + step) - b.charCodeAt(bStart + step)
    if (difference !== 0) return difference
  }
  return 0
}
