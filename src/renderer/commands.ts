import {
  Activity,
  Archive,
  FileInput,
  Grid3x3,
  HardDriveDownload,
  ListChecks,
  Plus,
  RotateCcw,
  Search,
  Server,
  Settings,
} from 'lucide-react'
import { request } from './api.ts'
import { keysOf } from './keys.ts'
import { go, type Place } from './navigation.ts'
import { restoreChosen } from './dropped-files.ts'
import { openDialog } from './stores/dialogs.ts'
import { searchTexts } from './parts/search-texts.ts'
import { searchAll } from './stores/search.ts'
import { devicesStore } from './stores/devices.ts'
import { shellTexts } from './shell-texts.ts'
import type { DeviceView } from '../shared/ipc/views.ts'
import type { Language } from '../shared/text/language.ts'
import type { CommandGroup } from './ui/actions/command-palette.tsx'
import type { LucideIcon } from './ui/icon.tsx'

/** Commands for what is typed into the palette; the palette filters them once more by their words. */
export type CommandSource = (query: string, language: Language) => CommandGroup

/** The views of the sidebar, in its order; `Ctrl+1` leads to the first. */
export const mainViews: readonly {
  readonly view: 'devices' | 'archives' | 'search' | 'fit' | 'procedures' | 'activity' | 'settings'
  readonly icon: LucideIcon
}[] = [
  { view: 'devices', icon: Server },
  { view: 'archives', icon: Archive },
  { view: 'search', icon: Search },
  { view: 'fit', icon: Grid3x3 },
  { view: 'procedures', icon: ListChecks },
  { view: 'activity', icon: Activity },
  { view: 'settings', icon: Settings },
]

/** More of them are of no help in a list that is searched by typing. */
const devicesAtMost = 30

const viewCommands: CommandSource = (_query, language) => {
  const { palette, views } = shellTexts[language]
  return {
    id: 'views',
    title: palette.goTo,
    commands: mainViews.map(({ view, icon }, index) => ({
      id: `view-${view}`,
      label: views[view],
      icon,
      keys: keysOf(String(index + 1)),
      onAction: () => go({ view }),
    })),
  }
}

const actionCommands: CommandSource = (_query, language) => {
  const { palette } = shellTexts[language]
  const themes = (['system', 'light', 'dark'] as const).map((theme) => ({
    id: `theme-${theme}`,
    label: palette.theme[theme],
    onAction: () => void request('settings.change', { theme }),
  }))
  const languages = (['en', 'de'] as const).map((each) => ({
    id: `language-${each}`,
    label: palette.language[each],
    onAction: () => void request('settings.change', { language: each }),
  }))
  return {
    id: 'actions',
    title: palette.actions,
    commands: [
      {
        id: 'add-device',
        label: palette.addDevice,
        icon: Plus,
        keys: keysOf('N'),
        onAction: () => openDialog({ kind: 'add-device' }),
      },
      {
        id: 'import-archive',
        label: palette.importArchive,
        icon: FileInput,
        onAction: () => void request('archives.import', {}),
      },
      ...themes,
      ...languages,
    ],
  }
}

const deviceCommands: CommandSource = (query, language) => {
  const { palette } = shellTexts[language]
  const { devices } = devicesStore.getState()
  const found = namedIn(query, devices.phase === 'ready' ? devices.value : [])
  const to = (place: Place) => () => go(place)
  return {
    id: 'devices',
    title: palette.devices,
    commands: found.flatMap(({ device: { id, name } }) => [
      {
        id: `open-${id}`,
        label: palette.openDevice(name),
        icon: Server,
        onAction: to({ view: 'devices', deviceId: id }),
      },
      {
        id: `back-up-${id}`,
        label: palette.backUpDevice(name),
        icon: HardDriveDownload,
        onAction: () => openDialog({ kind: 'back-up', deviceIds: [id] }),
      },
      {
        id: `restore-${id}`,
        label: palette.restoreDevice(name),
        icon: RotateCcw,
        onAction: to({ view: 'restore', deviceId: id }),
      },
      {
        id: `restore-file-${id}`,
        label: palette.restoreFileTo(name),
        icon: FileInput,
        onAction: () => void restoreChosen(id),
      },
    ]),
  }
}

/** The devices whose names hold most of the words of a query such as "back up press-7". */
function namedIn(query: string, devices: readonly DeviceView[]): readonly DeviceView[] {
  const words = query.trim().toLocaleLowerCase().split(/\s+/)
  const found = devices.flatMap((view) => {
    const name = view.device.name.toLocaleLowerCase()
    const hits = words.filter((word) => name.includes(word)).length
    return hits === 0 ? [] : [{ view, hits }]
  })
  return found
    .sort((one, other) => other.hits - one.hits)
    .slice(0, devicesAtMost)
    .map(({ view }) => view)
}

const searchCommands: CommandSource = (query, language) => {
  const text = query.trim()
  const { palette, searchFor } = searchTexts[language]
  return {
    id: 'search',
    title: palette,
    commands:
      text.length < 2
        ? []
        : [
            {
              id: 'search-archives',
              label: searchFor(text),
              icon: Search,
              onAction: () => {
                searchAll(text)
                go({ view: 'search' })
              },
            },
          ],
  }
}

/** Where the palette's commands come from; a feature with commands of its own adds a row. */
export const commandSources: readonly CommandSource[] = [
  viewCommands,
  actionCommands,
  deviceCommands,
  searchCommands,
]
