import {
  Activity,
  Columns2,
  FileOutput,
  FlaskConical,
  FolderSearch,
  RotateCcw,
  ShieldCheck,
} from 'lucide-react'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import type { Language } from '../../../shared/text/language.ts'
import { request } from '../../api.ts'
import { go } from '../../navigation.ts'
import { tellsSettings } from '../../../shared/model/family-settings.ts'
import { compareTexts } from '../../parts/compare-texts.ts'
import { deviceOf } from '../../stores/devices.ts'
import { archivesTexts } from '../../parts/archives-texts.ts'
import { browseTexts } from '../../parts/browse-texts.ts'
import { proofTexts } from '../../parts/proof.ts'
import { messages, showFailure } from '../../stores/messages.ts'
import type { MenuAction, MenuGroups } from '../../ui/actions/menu.tsx'

/** What can be done with one archive, or with two; toolbar, menu and keys offer the same. */
export function archiveActions(chosen: readonly ArchiveRecord[], language: Language): MenuGroups {
  const { actions } = archivesTexts[language]
  const [one, other] = chosen
  if (one === undefined) return []
  if (other !== undefined) {
    return [[{ id: 'compare', label: actions.compare, icon: Columns2, onAction: () => compare(one, other) }]]
  }
  return [
    [
      {
        id: 'browse',
        label: actions.browse,
        icon: FolderSearch,
        onAction: () => go({ view: 'browse', archiveId: one.id }),
      },
      ...liveActions(one, language),
      { id: 'verify', label: actions.verify, icon: ShieldCheck, onAction: () => void verify(one) },
      {
        id: 'export',
        label: actions.export,
        icon: FileOutput,
        description: browseTexts[language].exportHint,
        onAction: () => void exportArchive(one, language),
      },
    ],
    [
      {
        id: 'restore',
        label: actions.restore,
        icon: RotateCcw,
        onAction: () => go({ view: 'restore', archiveId: one.id }),
      },
      {
        id: 'drill',
        label: proofTexts[language].drill,
        icon: FlaskConical,
        onAction: () => go({ view: 'restore', archiveId: one.id, isDrill: true }),
      },
    ],
  ]
}

function liveActions(record: ArchiveRecord, language: Language): readonly MenuAction[] {
  const { id: archiveId, family } = record
  const deviceId = deviceOf(record.device.id)?.device.id
  if (!tellsSettings[family] || deviceId === undefined) return []
  const onAction = (): void => go({ view: 'compare-live', archiveId, deviceId })
  return [{ id: 'compare-live', label: compareTexts[language].live.action, icon: Activity, onAction }]
}

/** Compares two archives; the older one is "before". */
export function compare(one: ArchiveRecord, other: ArchiveRecord): void {
  const [before, after] = one.takenAt <= other.takenAt ? [one, other] : [other, one]
  go({ view: 'compare', before: before.id, after: after.id })
}

/** Reads every byte again; the job's tray says what came of it. */
export async function verify({ id: archiveId }: ArchiveRecord): Promise<void> {
  const result = await request('archives.verify', { archiveId })
  if (!result.ok) showFailure(result.failure)
}

/** Copies the file out, to a place that the person chooses in main's dialog. */
export async function exportArchive({ id, fileName }: ArchiveRecord, language: Language): Promise<void> {
  const result = await request('archives.export', { archiveId: id })
  if (!result.ok) showFailure(result.failure)
  else if (result.value) messages.show({ tone: 'good', text: archivesTexts[language].exported(fileName) })
}

/** Imports files that the person chooses in main's dialog. */
export async function importArchive(): Promise<void> {
  const result = await request('archives.import', {})
  if (!result.ok) showFailure(result.failure)
}
