import { useStore } from 'zustand'
import type { RestorePlan } from '../../../shared/model/restore.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { archivesStore } from '../../stores/archives.ts'
import { devicesStore } from '../../stores/devices.ts'
import { useLanguage } from '../../texts.ts'
import type { Fact } from '../../ui/data/fact-list.tsx'
import { useRestoreTexts } from './texts.ts'

/** As many characters of a plan's hash as the last question shows, so that the two can be compared. */
const hashShown = 16

/** What, where to, how much, and the way back: a plan in a few lines, each of them to be selected and copied. */
export function usePlanFacts(plan: RestorePlan): readonly Fact[] {
  const { confirm, options, target } = useRestoreTexts()
  const language = useLanguage()
  const record = useStore(archivesStore, ({ byId }) => byId.get(plan.archiveId))
  const device = useStore(devicesStore, ({ byId }) => byId.get(plan.deviceId))?.device
  const { mode, parts, safetyBackup } = plan.options
  const serial = plan.target.serial?.value
  const taken = record && `${record.device.name}, ${formatTime(record.takenAt, language).local}`
  const titles = parts?.map((id) => record?.scope.parts.find((part) => part.id === id)?.title ?? id)
  const isWhole = plan.target.family === 'ctrlx-core'
  return [
    { label: confirm.archive, value: taken ?? plan.archiveId },
    { label: confirm.archiveId, value: plan.archiveId, isMono: true, copy: true },
    { label: confirm.device, value: plan.deviceName },
    ...(device === undefined
      ? []
      : [{ label: confirm.address, value: device.address, isMono: true, copy: true }]),
    ...(serial === undefined ? [] : [{ label: target.serial, value: serial, isMono: true, copy: true }]),
    isWhole
      ? { label: confirm.scope, value: confirm.modes[mode] }
      : { label: options.parts, value: titles?.join(', ') ?? confirm.allParts },
    {
      label: confirm.safety,
      value: safetyBackup.take ? confirm.safetyYes : confirm.safetyNo(safetyBackup.reason),
    },
    { label: confirm.plan, value: plan.hash.slice(0, hashShown), isMono: true, copy: true },
  ]
}
