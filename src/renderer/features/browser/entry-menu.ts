import { ClipboardCopy, FileOutput, FolderInput } from 'lucide-react'
import { maxNesting, type ArchivePlace } from '../../../shared/model/place.ts'
import type { TreeRow } from '../../../shared/model/entry.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { go } from '../../navigation.ts'
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
  return [[takeOutThese], [openInside(place, row)], [copyPath]]
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
