import type { NoiseCode } from '../model/noise.ts'
import { noise as german } from './de/noise.ts'
import { noise as english, type NoiseText } from './en/noise.ts'
import type { Language } from './language.ts'

const byLanguage: Readonly<Record<Language, NoiseText>> = { en: english, de: german }

/** The words for a kind of noise. */
export function noiseText(
  code: NoiseCode,
  language: Language,
): { readonly name: string; readonly why: string } {
  return byLanguage[language][code]
}

/** How many differences are of which kind, the most frequent first; one that is of several kinds counts for each. */
export function countNoise(
  changes: Iterable<{ readonly noise?: NoiseCode | readonly NoiseCode[] | undefined }>,
): readonly { readonly code: NoiseCode; readonly count: number }[] {
  const counts = new Map<NoiseCode, number>()
  for (const { noise = [] } of changes) {
    for (const code of typeof noise === 'string' ? [noise] : noise)
      counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count)
}
