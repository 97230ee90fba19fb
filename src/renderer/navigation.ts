import { createStore } from 'zustand/vanilla'
import type { DeviceId } from '../shared/model/device.ts'
import type { ProcedureId } from '../shared/model/procedure.ts'
import type { ArchiveId } from '../shared/model/record.ts'
import type { SearchQuery } from '../shared/model/search.ts'

/** A text that is looked for in a file that is shown. */
export type SoughtText = Pick<SearchQuery, 'text' | 'matchCase'>

/** Where a person can be in the window. */
export type Place =
  | { readonly view: 'devices'; readonly deviceId?: DeviceId }
  | { readonly view: 'archives'; readonly archiveId?: ArchiveId }
  | {
      readonly view: 'browse'
      readonly archiveId: ArchiveId
      /** The archives in one another that lead to the one that is shown; the stored one where absent. */
      readonly inside?: readonly string[]
      readonly folder?: string
      readonly entry?: string
      /** What was looked for when a search led to the entry. */
      readonly find?: SoughtText
    }
  | { readonly view: 'compare'; readonly before: ArchiveId; readonly after: ArchiveId }
  /** An archive and a device as it is now. */
  | { readonly view: 'compare-live'; readonly archiveId: ArchiveId; readonly deviceId: DeviceId }
  | {
      readonly view: 'restore'
      readonly archiveId?: ArchiveId
      readonly deviceId?: DeviceId
      /** Only spare and practice devices are offered. */
      readonly isDrill?: true
    }
  | { readonly view: 'report'; readonly planId: string }
  /** With the archive or the device to look in, where the person came from one. */
  | { readonly view: 'search'; readonly archiveId?: ArchiveId; readonly deviceId?: DeviceId }
  /** One file in all archives of a device. */
  | {
      readonly view: 'history'
      readonly deviceId: DeviceId
      readonly inside?: readonly string[]
      readonly entry: string
    }
  | { readonly view: 'fit' }
  | { readonly view: 'procedures'; readonly procedureId?: ProcedureId }
  | { readonly view: 'activity' }
  | { readonly view: 'settings' }

export type ViewName = Place['view']

interface Navigation {
  /** Where the person was, is and came back from; never empty. */
  readonly places: readonly [Place, ...Place[]]
  /** Index of the current place in `places`. */
  readonly index: number
}

const placesAtMost = 100

/** The window's history of places. Read `placeOf`, change it with the functions below. */
export const navigation = createStore<Navigation>(() => ({ places: [{ view: 'devices' }], index: 0 }))

/** The current place. */
export function placeOf({ places, index }: Navigation): Place {
  return places[index] ?? places[0]
}

/** Goes to a place; "back" leads to the one before. Going where one is changes nothing. */
export function go(place: Place): void {
  navigation.setState((state) => {
    if (isSame(placeOf(state), place)) return state
    const past = state.places.slice(0, state.index + 1).slice(1 - placesAtMost)
    return { places: [past[0] ?? place, ...past.slice(1), place], index: past.length }
  })
}

/** Changes the current place without a new step of the history: another selection in the same view. */
export function amend(place: Place): void {
  navigation.setState(({ places, index }) => {
    const [first, ...rest] = places.map((each, at) => (at === index ? place : each))
    return { places: [first ?? place, ...rest], index }
  })
}

/** Goes back one place, if there is one. */
export function goBack(): void {
  navigation.setState(({ places, index }) => ({ places, index: Math.max(0, index - 1) }))
}

/** Takes the last step back again, if there was one. */
export function goForward(): void {
  navigation.setState(({ places, index }) => ({ places, index: Math.min(places.length - 1, index + 1) }))
}

/** Places are made of plain objects and arrays. */
function isSame(one: unknown, other: unknown): boolean {
  if (!isComposed(one) || !isComposed(other)) return one === other
  const parts = Object.entries(one)
  return (
    parts.length === Object.keys(other).length && parts.every(([key, value]) => isSame(value, other[key]))
  )
}

function isComposed(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
