import type { DeviceView } from '../../../shared/ipc/views.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { Moment } from '../../parts/moment.tsx'
import { shortModel } from '../../parts/short-model.ts'
import type { Column } from '../../ui/data/table.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { DeviceState } from './device-state.tsx'
import { loginStateOf } from './login-state.ts'
import { devicesTexts } from './texts.ts'

/** The columns of the device list. */
export function deviceColumns(language: Language): readonly Column<DeviceView>[] {
  const texts = devicesTexts[language]
  const words = wordsIn(language)
  const familyOf = ({ device }: DeviceView): string => words.family[device.family]
  const modelOf = ({ device }: DeviceView): string | undefined => device.identity?.model?.value
  const shortModelOf = (view: DeviceView): string | undefined => {
    const model = modelOf(view)
    return model && shortModel(model, view.device.family, language)
  }
  const systemOf = ({ device }: DeviceView): string | undefined => device.identity?.systemVersion?.value
  return [
    {
      id: 'name',
      label: texts.columns.name,
      render: nameOf,
      sortValue: nameOf,
      isRowHeader: true,
      grow: 2,
      minWidth: 132,
    },
    {
      id: 'family',
      label: texts.columns.family,
      render: familyOf,
      sortValue: familyOf,
      width: 100,
    },
    {
      id: 'model',
      label: texts.columns.model,
      render: (view) => shortModelOf(view) ?? '–',
      text: (view) => modelOf(view) ?? texts.unread,
      sortValue: modelOf,
      grow: 0.9,
      minWidth: 76,
    },
    {
      id: 'system',
      label: texts.columns.system,
      render: (view) => systemOf(view) ?? '–',
      text: (view) => systemOf(view) ?? texts.unread,
      sortValue: systemOf,
      width: 72,
      isTabular: true,
    },
    {
      id: 'last-backup',
      label: texts.columns.lastBackup,
      render: ({ lastBackupAt }) =>
        lastBackupAt === undefined ? (
          <StatusBadge tone="caution" look="plain" label={texts.never} />
        ) : (
          <Moment at={lastBackupAt} look="age" />
        ),
      sortValue: ({ lastBackupAt }) => (lastBackupAt === undefined ? undefined : Date.parse(lastBackupAt)),
      width: 112,
    },
    {
      id: 'state',
      label: texts.columns.state,
      render: (view) => <DeviceState view={view} />,
      sortValue: (view) => texts.credentials[loginStateOf(view)],
      grow: 1.2,
      minWidth: 156,
    },
  ]
}

/** The name of a device: what a row is called. */
export function nameOf({ device }: DeviceView): string {
  return device.name
}

/** What tells rows apart. */
export function idOf({ device }: DeviceView): string {
  return device.id
}
