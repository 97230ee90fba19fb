import { createStore } from 'zustand/vanilla'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import type { DeviceId } from '../../../shared/model/device.ts'
import { familyIds, type FamilyId } from '../../../shared/model/family-id.ts'
import type { ColumnWidths, Sort } from '../../ui/grid/column.ts'
import { loginStateOf } from './login-state.ts'

/** Which devices are shown, beside what is searched for. */
export const deviceFilters = ['all', 'never-backed-up', 'running', 'no-password'] as const
export type DeviceFilter = (typeof deviceFilters)[number]

export type FamilyFilter = FamilyId | 'all'
export const familyFilters: readonly FamilyFilter[] = ['all', ...familyIds]

interface DeviceList {
  readonly query: string
  readonly filter: DeviceFilter
  readonly family: FamilyFilter
  readonly selected: ReadonlySet<string>
  readonly sort: Sort
  readonly widths: ColumnWidths
}

/** What a person set in the device list; outlives the view, so that coming back finds it as it was left. */
export const deviceList = createStore<DeviceList>(() => ({
  query: '',
  filter: 'all',
  family: 'all',
  selected: new Set(),
  sort: { column: 'name', direction: 'ascending' },
  widths: {},
}))

export function setList(change: Partial<DeviceList>): void {
  deviceList.setState(change)
}

/** Shows all devices again. */
export function clearFilters(): void {
  deviceList.setState({ query: '', filter: 'all', family: 'all' })
}

/** The devices that every filter lets through; `running` holds those with an unfinished job. */
export function shownDevices(
  views: readonly DeviceView[],
  { query, filter, family }: Pick<DeviceList, 'query' | 'filter' | 'family'>,
  running: ReadonlySet<DeviceId>,
): readonly DeviceView[] {
  const words = query.trim().toLocaleLowerCase().split(/\s+/)
  return views.filter(
    (view) =>
      (family === 'all' || view.device.family === family) &&
      passes(view, filter, running) &&
      words.every((word) => searchTextOf(view).includes(word)),
  )
}

function passes(view: DeviceView, filter: DeviceFilter, running: ReadonlySet<DeviceId>): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'never-backed-up':
      return view.lastBackupAt === undefined
    case 'running':
      return running.has(view.device.id)
    case 'no-password':
      return loginStateOf(view) === 'none'
  }
}

/** Typing searches ten thousand devices with each letter, so what is searched is put together once a device. */
const searchTexts = new WeakMap<DeviceView, string>()

function searchTextOf(view: DeviceView): string {
  const known = searchTexts.get(view)
  if (known !== undefined) return known
  const { name, address, user, tags, identity } = view.device
  const { model, serial, systemVersion, hostname } = identity ?? {}
  const facts = [model, serial, systemVersion, hostname].map((fact) => fact?.value ?? '')
  const text = [name, address, user, ...tags, ...facts].join('\n').toLocaleLowerCase()
  searchTexts.set(view, text)
  return text
}
