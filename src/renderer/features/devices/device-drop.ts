import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import { archiveIdSchema } from '../../../shared/model/record.ts'
import { findingText, wordsIn } from '../../../shared/text/index.ts'
import { go } from '../../navigation.ts'
import { restoreDropped } from '../../dropped-files.ts'
import { archiveDragType, dragStore } from '../../stores/drag.ts'
import { useLanguage } from '../../texts.ts'
import type { DropAnswer, RowDrop } from '../../ui/data/table.tsx'
import { devicesTexts } from './texts.ts'

/**
 * Makes each device a target for an archive: while one is dragged, every row says whether it fits and why not. A drop
 * fills in the restore wizard and runs nothing; a blocked pair is opened, too, because the wizard shows the remedy.
 * Of a file from the desktop nothing is known before it is imported, so every row says just that.
 */
export function useDeviceDrop(): RowDrop<DeviceView> {
  const language = useLanguage()
  const isArchive = useStore(dragStore, ({ dragged }) => dragged !== undefined)
  const fits = useStore(dragStore, ({ dragged }) => dragged?.fits)
  return useMemo(
    () => ({
      types: [archiveDragType, 'Files'],
      answer: ({ device }): DropAnswer => {
        if (!isArchive) {
          const { file, fileReason } = devicesTexts[language].drop
          return { verdict: 'unknown', label: file, reason: fileReason, accepts: true }
        }
        const fit = fits?.get(device.id)
        if (fit === undefined) {
          return { verdict: 'unknown', label: devicesTexts[language].drop.checking, accepts: true }
        }
        const isFit = fit.verdict === 'fits'
        return {
          verdict: fit.verdict,
          label: wordsIn(language).verdict[fit.verdict],
          reason: isFit ? undefined : fit.deciding && findingText(fit.deciding, language).title,
          accepts: true,
        }
      },
      onDrop: ({ device }, transfer) => {
        if (transfer.files.length > 0) {
          void restoreDropped([...transfer.files], device.id)
          return
        }
        const dropped = archiveIdSchema.safeParse(transfer.getData(archiveDragType))
        if (dropped.success) go({ view: 'restore', archiveId: dropped.data, deviceId: device.id })
      },
    }),
    [isArchive, fits, language],
  )
}
