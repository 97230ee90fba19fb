import { Plus } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import type { DeviceId } from '../../../shared/model/device.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { reloadDevices } from '../../live.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { ListPane } from '../../parts/list-pane.tsx'
import { importDropped } from '../../dropped-files.ts'
import { devicesStore } from '../../stores/devices.ts'
import { openDialog } from '../../stores/dialogs.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { DeviceDetail } from './device-detail.tsx'
import { deviceList, setList } from './device-list.ts'
import { DeviceTable } from './device-table.tsx'
import { DeviceToolbar } from './device-toolbar.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './devices.module.css'
import { FirstDevice } from './first-device.tsx'
import { useDevicesTexts } from './texts.ts'
import { useRunningDevices } from './running-devices.ts'

interface DevicesViewProps {
  /** The device to select and to show. */
  readonly deviceId: DeviceId | undefined
}

/** The inventory: the list of devices, and what is known of the selected one. */
export function DevicesView({ deviceId }: DevicesViewProps): ReactElement {
  const texts = useDevicesTexts()
  const devices = useStore(devicesStore, (state) => state.devices)
  // An empty list has its one next step in its middle.
  const isEmpty = devices.phase === 'ready' && devices.value.length === 0
  useEffect(() => {
    if (deviceId !== undefined && !deviceList.getState().selected.has(deviceId)) {
      setList({ selected: new Set([deviceId]) })
    }
  }, [deviceId])
  return (
    <>
      <PageHeader
        title={texts.title}
        subtitle={devices.phase === 'ready' ? <Summary views={devices.value} /> : undefined}
        actions={
          !isEmpty && (
            <Button
              label={texts.add}
              icon={Plus}
              variant="primary"
              onPress={() => openDialog({ kind: 'add-device' })}
            />
          )
        }
      />
      {devices.phase === 'loading' && (
        <div className={layout['middle']}>
          <Spinner label={texts.loading} size={24} />
        </div>
      )}
      {devices.phase === 'failed' && (
        <div className={styles['page']}>
          <FailurePanel
            failure={devices.failure}
            actions={<FailureActions failure={devices.failure} retry={() => void reloadDevices()} />}
          />
        </div>
      )}
      {devices.phase === 'ready' &&
        (devices.value.length === 0 ? <FirstDevice /> : <ListAndDetail views={devices.value} />)}
    </>
  )
}

/** How many devices there are, and what about them needs attention. */
function Summary({ views }: { readonly views: readonly DeviceView[] }): ReactElement {
  const texts = useDevicesTexts()
  const language = useLanguage()
  const running = useRunningDevices()
  const never = useMemo(() => views.filter(({ lastBackupAt }) => lastBackupAt === undefined).length, [views])
  const parts = [
    views.length === 0 ? [] : [texts.count(formatCount(views.length, language), views.length === 1)],
    never === 0 ? [] : [texts.countNever(formatCount(never, language))],
    running.size === 0 ? [] : [texts.countRunning(formatCount(running.size, language))],
  ]
  return <>{parts.flat().join(' · ')}</>
}

function ListAndDetail({ views }: { readonly views: readonly DeviceView[] }): ReactElement {
  const texts = useDevicesTexts()
  const selected = useStore(deviceList, (state) => state.selected)
  const chosen = useMemo(() => views.filter(({ device }) => selected.has(device.id)), [views, selected])
  return (
    <ListPane
      label={texts.widthOfList}
      defaultSize={62}
      first={
        <div
          className={layout['column']}
          onDragOver={(event) => {
            if (event.dataTransfer.types.includes('Files')) event.preventDefault()
          }}
          onDrop={(event) => {
            // A row has taken what was dropped on it.
            if (event.defaultPrevented || event.dataTransfer.files.length === 0) return
            event.preventDefault()
            void importDropped([...event.dataTransfer.files])
          }}
        >
          <DeviceToolbar />
          <DeviceTable views={views} />
        </div>
      }
      second={<DeviceDetail chosen={chosen} />}
    />
  )
}
