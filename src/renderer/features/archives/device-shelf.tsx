import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceFit, DeviceView } from '../../../shared/ipc/views.ts'
import { archiveIdSchema } from '../../../shared/model/record.ts'
import { findingText, wordsIn } from '../../../shared/text/index.ts'
import { go } from '../../navigation.ts'
import { useArchivesTexts } from '../../parts/archives-texts.ts'
import { devicesStore } from '../../stores/devices.ts'
import { archiveDragType, dragStore } from '../../stores/drag.ts'
import { valueOf } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { VerdictBadge } from '../../ui/feedback/verdict-badge.tsx'
import styles from './archives.module.css'

/**
 * While an archive is dragged: the devices, each with its verdict in words. A drop opens the restore filled in and
 * runs nothing. The keyboard's twin is "Restore …", which asks for the device.
 */
export function DeviceShelf(): ReactElement {
  const texts = useArchivesTexts()
  const dragged = useStore(dragStore, (state) => state.dragged)
  const devices = useStore(devicesStore, (state) => valueOf(state.devices))
  if (dragged === undefined || devices === undefined || devices.length === 0) return <></>
  return (
    <aside className={styles['shelf']} aria-label={texts.dropTitle}>
      <p className={styles['shelfHint']}>{texts.drop}</p>
      <div className={styles['targets']}>
        {devices.map((view) => (
          <Target key={view.device.id} view={view} fit={dragged.fits.get(view.device.id)} />
        ))}
      </div>
    </aside>
  )
}

interface TargetProps {
  readonly view: DeviceView
  readonly fit: DeviceFit | undefined
}

function Target({ view, fit }: TargetProps): ReactElement {
  const language = useLanguage()
  const [isOver, setIsOver] = useState(false)
  const { id, name } = view.device
  const reason = fit?.deciding && fit.verdict !== 'fits' ? findingText(fit.deciding, language).title : ''
  return (
    <div
      className={styles['target']}
      data-over={isOver}
      data-device={name}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(archiveDragType)) return
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        const dropped = archiveIdSchema.safeParse(event.dataTransfer.getData(archiveDragType))
        if (dropped.success) go({ view: 'restore', archiveId: dropped.data, deviceId: id })
      }}
    >
      <strong className={styles['targetName']} title={name}>
        {name}
      </strong>
      {fit === undefined ? (
        <Spinner />
      ) : (
        <VerdictBadge verdict={fit.verdict} label={wordsIn(language).verdict[fit.verdict]} look="plain" />
      )}
      <span className={styles['targetReason']} title={reason}>
        {reason}
      </span>
    </div>
  )
}
