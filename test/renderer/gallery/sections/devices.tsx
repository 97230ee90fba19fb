import { Download, FilterX, Plus, RotateCcw, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import { Button } from '../../../../src/renderer/ui/actions/button.tsx'
import { Toolbar } from '../../../../src/renderer/ui/actions/toolbar.tsx'
import { FactList } from '../../../../src/renderer/ui/data/fact-list.tsx'
import { Table } from '../../../../src/renderer/ui/data/table.tsx'
import type { Selected } from '../../../../src/renderer/ui/data/table.tsx'
import { StatusBadge } from '../../../../src/renderer/ui/feedback/badge.tsx'
import { EmptyState } from '../../../../src/renderer/ui/feedback/empty-state.tsx'
import { SearchField } from '../../../../src/renderer/ui/fields/search-field.tsx'
import { Select } from '../../../../src/renderer/ui/fields/select.tsx'
import { PageHeader } from '../../../../src/renderer/ui/layout/page-header.tsx'
import { SplitPane } from '../../../../src/renderer/ui/layout/split-pane.tsx'
import { Tabs } from '../../../../src/renderer/ui/layout/tabs.tsx'
import styles from '../gallery.module.css'
import { deviceColumns, sampleDevices } from '../sample.tsx'
import type { SampleDevice } from '../sample.tsx'

const nothing = (): void => undefined

/** A whole view: toolbar, table, divider, details. */
export function Devices(): ReactElement {
  const [query, setQuery] = useState('')
  const [family, setFamily] = useState<'all' | 'ctrlx'>('all')
  const [selected, setSelected] = useState<Selected>(new Set(['dev-2']))
  const rows = useMemo(
    () => sampleDevices(60).filter(({ name }) => name.toLowerCase().includes(query)),
    [query],
  )
  const device = rows.find(({ id }) => selected.has(id))
  return (
    <div className={styles['fill']}>
      <PageHeader
        title="Devices"
        subtitle="60 devices, 3 without a backup, 1 running"
        actions={
          <>
            <Button label="Back up selected" icon={Download} />
            <Button label="Add a device" variant="primary" icon={Plus} />
          </>
        }
      />
      <Toolbar
        label="Filter"
        end={
          <Select
            label="Family"
            labelLook="hidden"
            size="small"
            options={[
              { id: 'all', label: 'All families' },
              { id: 'ctrlx', label: 'ctrlX CORE' },
            ]}
            value={family}
            onChange={setFamily}
          />
        }
      >
        <SearchField label="Search devices" value={query} onChange={setQuery} keys="/" size="small" />
      </Toolbar>
      <SplitPane
        label="Width of the list"
        defaultSize={64}
        first={
          <Table
            label="Devices"
            rows={rows}
            rowId={idOf}
            rowText={nameOf}
            columns={deviceColumns}
            defaultSort={{ column: 'name', direction: 'ascending' }}
            selectionMode="multiple"
            selectedKeys={selected}
            onSelectionChange={setSelected}
            onOpen={nothing}
            menu={(row) => [
              [
                { id: 'backup', label: `Back up ${row.name}`, icon: Download, onAction: nothing },
                { id: 'restore', label: 'Restore an archive', icon: RotateCcw, onAction: nothing },
              ],
              [
                {
                  id: 'remove',
                  label: 'Remove from the list',
                  icon: Trash2,
                  isDangerous: true,
                  onAction: nothing,
                },
              ],
            ]}
            drag={{ type: 'application/x-sample', payload: idOf, label: nameOf }}
            drop={{
              types: ['application/x-sample', 'Files'],
              answer: (row) => row.answer,
              onDrop: nothing,
            }}
            empty={
              <EmptyState
                icon={FilterX}
                sentence={`None of 60 devices matches “${query}”.`}
                action={<Button label="Clear the search" onPress={() => setQuery('')} />}
              />
            }
          />
        }
        second={device === undefined ? <div /> : <Details device={device} />}
      />
    </div>
  )
}

const idOf = (row: SampleDevice): string => row.id
const nameOf = (row: SampleDevice): string => row.name

function Details({ device }: { readonly device: SampleDevice }): ReactElement {
  return (
    <>
      <PageHeader
        title={device.name}
        subtitle={`${device.family} at ${device.address}`}
        badge={<StatusBadge tone={device.health.tone} label={device.health.label} />}
      />
      <Tabs
        label="Details"
        items={[
          {
            id: 'overview',
            label: 'Overview',
            content: (
              <FactList
                facts={[
                  { label: 'Address', value: device.address, isMono: true, copy: true },
                  { label: 'Serial number', value: device.serial, isMono: true, copy: true },
                  { label: 'Firmware', value: device.version },
                ]}
              />
            ),
          },
          { id: 'archives', label: 'Archives', note: '14', content: 'Archives' },
          { id: 'activity', label: 'Activity', content: 'Activity' },
          { id: 'keys', label: 'Keys', isDisabled: true, content: '' },
        ]}
      />
    </>
  )
}
