import {
  Download,
  FileDown,
  FileInput,
  Fingerprint,
  FolderInput,
  KeyRound,
  Lock,
  MapPin,
  Pencil,
  RotateCcw,
  ScanSearch,
  Trash2,
} from 'lucide-react'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import type { DeviceId } from '../../../shared/model/device.ts'
import { familyLogins } from '../../../shared/model/family-login.ts'
import type { FamilyId } from '../../../shared/model/family-id.ts'
import { statedFacts } from '../../../shared/model/stated-facts.ts'
import type { Result } from '../../../shared/result.ts'
import { formatCount } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { request } from '../../api.ts'
import { readIdentity } from '../../device-jobs.ts'
import { go } from '../../navigation.ts'
import { restoreChosen } from '../../dropped-files.ts'
import { askForLogin, openDialog } from '../../stores/dialogs.ts'
import { deviceOf } from '../../stores/devices.ts'
import { unfinishedOn } from '../../stores/jobs.ts'
import { showFailure, showMessage } from '../../stores/messages.ts'
import { settingsStore } from '../../stores/settings.ts'
import { reloadDevices } from '../../live.ts'
import type { MenuAction, MenuGroups } from '../../ui/actions/menu.tsx'
import { devicesTexts } from './texts.ts'

/** Everything that can be done with the selected devices: the context menu and the toolbar's menu alike. */
export function deviceActions(views: readonly DeviceView[], language: Language): MenuGroups {
  const [view] = views
  if (view === undefined) return []
  return views.length === 1 ? actionsOfOne(view, language) : actionsOfMany(views, language)
}

function actionsOfOne(view: DeviceView, language: Language): MenuGroups {
  const { actions } = devicesTexts[language]
  const { id } = view.device
  const busy = unfinishedOn(id) === undefined ? {} : { isDisabled: true, description: actions.busy }
  const password: MenuAction =
    view.credentials === 'none'
      ? {
          id: 'give-password',
          label: actions.givePassword,
          icon: KeyRound,
          onAction: () => void askForLogin(id, undefined),
        }
      : {
          id: 'forget-password',
          label: actions.forgetPassword,
          icon: Lock,
          onAction: () => void forgetPassword(view),
        }
  return [
    [
      { id: 'back-up', label: actions.backUp, icon: Download, onAction: () => backUp([view]), ...busy },
      {
        id: 'restore',
        label: actions.restore,
        icon: RotateCcw,
        onAction: () => go({ view: 'restore', deviceId: id }),
        ...busy,
      },
      {
        id: 'restore-file',
        label: actions.restoreFile,
        icon: FileInput,
        onAction: () => void restoreChosen(id),
        ...busy,
      },
    ],
    madeElsewhere(view, language),
    [
      {
        id: 'read-identity',
        label: actions.readIdentity,
        icon: ScanSearch,
        onAction: () => void readIdentity(id),
        ...busy,
      },
      ...(familyLogins[view.device.family] === 'none' ? [] : [password]),
      {
        id: 'check-pin',
        label: actions.checkPin,
        icon: Fingerprint,
        onAction: () => openDialog({ kind: 'changed-pin', deviceId: id }),
      },
      {
        id: 'move',
        label: actions.move,
        icon: MapPin,
        onAction: () => openDialog({ kind: 'move-device', deviceId: id, address: '' }),
        ...busy,
      },
      {
        id: 'edit',
        label: actions.edit,
        icon: Pencil,
        keys: 'F2',
        onAction: () => openDialog({ kind: 'edit-device', deviceId: id }),
      },
    ],
    [
      {
        id: 'remove',
        label: actions.remove,
        icon: Trash2,
        keys: 'Delete',
        isDangerous: true,
        onAction: () => remove([view]),
        ...busy,
      },
    ],
  ]
}

/** A file of this device that was made without Ferrite, and the folder to which the device writes them. */
function madeElsewhere({ device }: DeviceView, language: Language): readonly MenuAction[] {
  const { actions } = devicesTexts[language]
  const { id, family } = device
  return [
    {
      id: 'import-file',
      label: actions.importFile,
      icon: FileDown,
      onAction: () => void importBackupOf(id),
    },
    ...(makesItsBackups(family)
      ? [
          {
            id: 'choose-folder',
            label: actions.chooseFolder,
            icon: FolderInput,
            onAction: () => void tellFailure(request('devices.chooseFolder', { id })),
          },
        ]
      : []),
  ]
}

/** True for devices whose backups are made in a page of their own and brought here as files. */
export function makesItsBackups(family: FamilyId): boolean {
  return statedFacts[family].some(({ isFolder }) => isFolder)
}

/** Imports files of a device that the person chooses in main's dialog. */
export async function importBackupOf(deviceId: DeviceId): Promise<void> {
  await tellFailure(request('archives.import', { deviceId }))
}

async function tellFailure(asking: Promise<Result<unknown>>): Promise<void> {
  const result = await asking
  if (!result.ok) showFailure(result.failure)
}

function actionsOfMany(views: readonly DeviceView[], language: Language): MenuGroups {
  const { actions } = devicesTexts[language]
  const count = formatCount(views.length, language)
  return [
    [{ id: 'back-up', label: actions.backUpMany(count), icon: Download, onAction: () => backUp(views) }],
    [
      {
        id: 'remove',
        label: actions.removeMany(count),
        icon: Trash2,
        keys: 'Delete',
        isDangerous: true,
        onAction: () => remove(views),
      },
    ],
  ]
}

/** Opens the backup dialog for these devices. */
export function backUp(views: readonly DeviceView[]): void {
  openDialog({ kind: 'back-up', deviceIds: views.map(({ device }) => device.id) })
}

/** Asks whether these devices shall leave the list. */
export function remove(views: readonly DeviceView[]): void {
  openDialog({ kind: 'remove-devices', deviceIds: views.map(({ device }) => device.id) })
}

async function forgetPassword({ device }: DeviceView): Promise<void> {
  const result = await request('credentials.forget', { id: device.id })
  if (!result.ok) {
    showFailure(result.failure)
    return
  }
  await reloadDevices()
  const { language } = settingsStore.getState().settings
  const name = deviceOf(device.id)?.device.name ?? device.name
  showMessage({ tone: 'good', text: devicesTexts[language].actions.forgotten(name) })
}
