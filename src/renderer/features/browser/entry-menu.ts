import { ClipboardCopy, FileOutput, FolderInput, History } from 'lucide-react'
import { maxNesting, type ArchivePlace } from '../../../shared/model/place.ts'
import type { TreeRow } from '../../../shared/model/entry.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { go } from '../../navigation.ts'
import { archivesStore } from '../../stores/archives.ts'
import { showFailure } from '../../stores/messages.ts'
import { settingsStore } from '../../stores/settings.ts'
import type { MenuAction, MenuGroups } from '../../ui/actions/menu.tsx'
import { browseTexts } from '../../parts/browse-texts.ts'
import { takeOut } from './take-out.ts'

const longestCopied = 10_000

/** What can be done with a row of the tree, or with those that are selected. */
export function entryMenu(place: ArchivePlace, row: TreeRow, selected: ReadonlySet<string>): MenuGroups {
  const { language } = settingsStore.getState().settings
  const texts = browseTexts[language]
  const isOne = selected.size <= 1
  const takeOutThese: MenuAction = {
    id: 'take-out',
    label: isOne ? texts.takeOut : texts.takeOutSelected(formatCount(selected.size, language)),
    icon: FileOutput,
    description: texts.dragHint,
    onAction: () => void takeOut(place, [...selected]),
  }
  const copyPath: MenuAction = {
    id: 'copy-path',
    label: texts.copyPath,
    icon: ClipboardCopy,
    onAction: () => void copy(row.path),
  }
  if (!isOne) return [[takeOutThese]]
  if (row.kind !== 'file') return [[takeOutThese], [copyPath]]
  return [[takeOutThese], [openInside(place, row), ...allVersions(place, row)], [copyPath]]
}

/** Leads to the file in all archives of its device, where it is known which device that is. */
function allVersions({ archiveId, inside }: ArchivePlace, row: TreeRow): readonly MenuAction[] {
  const deviceId = archivesStore.getState().byId.get(archiveId)?.device.id
  if (deviceId === undefined) return []
  const texts = browseTexts[settingsStore.getState().settings.language]
  return [
    {
      id: 'all-versions',
      label: texts.allVersions,
      icon: History,
      onAction: () => go({ view: 'history', deviceId, inside, entry: row.path }),
    },
  ]
}

/** Opens a file of an archive as an archive itself. */
export function goInside({ archiveId, inside }: ArchivePlace, path: string): void {
  go({ view: 'browse', archiveId, inside: [...inside, path] })
}

function openInside(place: ArchivePlace, row: TreeRow): MenuAction {
  const texts = browseTexts[settingsStore.getState().settings.language]
  const isTooDeep = place.inside.length >= maxNesting
  return {
    id: 'open-inside',
    label: texts.openInside,
    icon: FolderInput,
    isDisabled: isTooDeep,
    ...(isTooDeep && { description: texts.tooDeep }),
    onAction: () => goInside(place, row.path),
  }
}

async function copy(path: string): Promise<void> {
  const result = await request('clipboard.write', { text: path.slice(0, longestCopied) })
  if (!result.ok) showFailure(result.failure)
}
