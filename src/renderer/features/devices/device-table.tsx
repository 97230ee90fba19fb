import { FilterX } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { amend } from '../../navigation.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Table } from '../../ui/data/table.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { openDialog } from '../../stores/dialogs.ts'
import { deviceActions, remove } from './device-actions.ts'
import { deviceColumns, idOf, nameOf } from './device-columns.tsx'
import { useDeviceDrop } from './device-drop.ts'
import { clearFilters, deviceList, setList, shownDevices } from './device-list.ts'
import layout from '../../ui/layout/layout.module.css'
import { useRunningDevices } from './running-devices.ts'
import { useDevicesTexts } from './texts.ts'

/** The list of devices: sorts, filters, selects, and takes archives that are dropped on a device. */
export function DeviceTable({ views }: { readonly views: readonly DeviceView[] }): ReactElement {
  const language = useLanguage()
  const texts = useDevicesTexts()
  const { query: typed, filter, family, selected, sort, widths } = useStore(deviceList)
  // Letters appear as they are typed, however many rows there are to search and to sort.
  const query = useDeferredValue(typed)
  const running = useRunningDevices()
  const rows = useMemo(
    () => shownDevices(views, { query, filter, family }, running),
    [views, query, filter, family, running],
  )
  const columns = useMemo(() => deviceColumns(language), [language])
  const drop = useDeviceDrop()
  const chosenOf = (keys: ReadonlySet<string>): readonly DeviceView[] =>
    views.filter((view) => keys.has(idOf(view)))
  const select = (keys: ReadonlySet<string>): void => {
    setList({ selected: keys })
    const [only] = chosenOf(keys)
    // The way back leads to the device that was looked at last.
    amend({ view: 'devices', ...(keys.size === 1 && only !== undefined && { deviceId: only.device.id }) })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const [only] = chosenOf(selected)
    if (event.key !== 'F2' || selected.size !== 1 || only === undefined) return
    event.preventDefault()
    openDialog({ kind: 'edit-device', deviceId: only.device.id })
  }
  return (
    <div className={layout['column']} onKeyDown={onKeyDown}>
      <Table
        label={texts.table}
        rows={rows}
        columns={columns}
        rowId={idOf}
        rowText={nameOf}
        selectionMode="multiple"
        selectedKeys={selected}
        onSelectionChange={select}
        sort={sort}
        onSortChange={(next) => setList({ sort: next })}
        widths={widths}
        onWidthsChange={(next) => setList({ widths: next })}
        onDelete={(keys) => remove(chosenOf(keys))}
        menu={(row, keys) => deviceActions(keys.has(idOf(row)) ? chosenOf(keys) : [row], language)}
        drop={drop}
        empty={
          <EmptyState
            icon={FilterX}
            sentence={
              query.trim() === ''
                ? texts.nothingFiltered(texts.filters[filter])
                : texts.nothingFound(query.trim(), formatCount(views.length, language))
            }
            action={<Button label={texts.clearFilters} onPress={clearFilters} />}
          />
        }
      />
    </div>
  )
}
