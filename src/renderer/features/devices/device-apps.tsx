import { Blocks } from 'lucide-react'
import { useMemo } from 'react'
import type { ReactElement } from 'react'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import type { App } from '../../../shared/model/identity.ts'
import type { Language } from '../../../shared/text/language.ts'
import { useLanguage } from '../../texts.ts'
import { Table, type Column } from '../../ui/data/table.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { devicesTexts, useDevicesTexts } from './texts.ts'

/** The apps that the device named when its identity was read. */
export function DeviceApps({ view }: { readonly view: DeviceView }): ReactElement {
  const { apps: texts } = useDevicesTexts()
  const language = useLanguage()
  const { identity } = view.device
  const columns = useMemo(() => appColumns(language), [language])
  return (
    <Table
      label={texts.table}
      rows={identity?.apps?.value ?? []}
      columns={columns}
      rowId={nameOf}
      rowText={titleOf}
      defaultSort={{ column: 'name', direction: 'ascending' }}
      empty={<EmptyState icon={Blocks} sentence={identity === undefined ? texts.notRead : texts.none} />}
    />
  )
}

function appColumns(language: Language): readonly Column<App>[] {
  const { apps: texts } = devicesTexts[language]
  return [
    {
      id: 'name',
      label: texts.name,
      render: titleOf,
      text: ({ name, title }) => (title === undefined ? name : `${title} (${name})`),
      sortValue: titleOf,
      isRowHeader: true,
      grow: 2,
      minWidth: 120,
    },
    {
      id: 'version',
      label: texts.version,
      render: ({ version }) => version,
      sortValue: ({ version }) => version,
      isTabular: true,
      width: 78,
    },
    {
      id: 'kind',
      label: texts.kind,
      render: ({ kind }) => texts.kinds[kind],
      sortValue: ({ kind }) => texts.kinds[kind],
      width: 88,
    },
    {
      id: 'state',
      label: texts.state,
      render: ({ enabled }) => (
        <StatusBadge
          tone={enabled ? 'good' : 'neutral'}
          look="plain"
          label={enabled ? texts.enabled : texts.disabled}
        />
      ),
      sortValue: ({ enabled }) => (enabled ? texts.enabled : texts.disabled),
      width: 104,
    },
  ]
}

function nameOf({ name }: App): string {
  return name
}

function titleOf({ name, title }: App): string {
  return title ?? name
}
