import { useMemo, useState } from 'react'
import type { NoiseCode } from '../../../shared/model/noise.ts'
import { formatCount } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { countNoise, noiseText } from '../../../shared/text/noise-text.ts'

/** A line of a comparison, as far as it can be filtered. */
interface Filterable {
  readonly path: string
  readonly noise?: NoiseCode | readonly NoiseCode[] | undefined
}

/** Which lines of a comparison are in sight. Nothing is lost: noise comes back at the press of a switch. */
export interface ShownChanges<Change> {
  readonly shown: readonly Change[]
  /** Lines that are noise, in sight or not. */
  readonly noise: number
  readonly filter: string
  readonly setFilter: (filter: string) => void
  readonly showsNoise: boolean
  readonly setShowsNoise: (shows: boolean) => void
}

/** Filters by name, whatever the case, and hides noise until it is asked for. */
export function useShownChanges<Change extends Filterable>(changes: readonly Change[]): ShownChanges<Change> {
  const [filter, setFilter] = useState('')
  const [showsNoise, setShowsNoise] = useState(false)
  const noise = useMemo(() => changes.filter((change) => change.noise !== undefined).length, [changes])
  const shown = useMemo(() => {
    const wanted = filter.trim().toLowerCase()
    return changes.filter(
      (change) =>
        (showsNoise || change.noise === undefined) &&
        (wanted === '' || change.path.toLowerCase().includes(wanted)),
    )
  }, [changes, filter, showsNoise])
  return { shown, noise, filter, setFilter, showsNoise, setShowsNoise }
}

/** The kinds of noise with their counts: `10 logs, 2 time in a comment`. */
export function noiseParts(changes: readonly Filterable[], language: Language): string {
  return countNoise(changes)
    .map(({ code, count }) => `${formatCount(count, language)} × ${noiseText(code, language).name}`)
    .join(', ')
}
