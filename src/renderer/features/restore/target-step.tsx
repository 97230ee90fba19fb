import { MonitorSmartphone } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceFit, DeviceView } from '../../../shared/ipc/views.ts'
import { deviceIdSchema, type Device, type DeviceId } from '../../../shared/model/device.ts'
import type { FamilyId } from '../../../shared/model/family-id.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { findingText, wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { request } from '../../api.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { useProofTexts } from '../../parts/proof.ts'
import { archivesStore } from '../../stores/archives.ts'
import { devicesStore } from '../../stores/devices.ts'
import { loadedFrom, loading, valueOf, type Loaded } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Table, type Column } from '../../ui/data/table.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { VerdictBadge } from '../../ui/feedback/verdict-badge.tsx'
import { StepFrame } from './step-frame.tsx'
import { restoreTexts, useRestoreTexts } from './texts.ts'
import { choose, goToStep, wizardStore } from './wizard-store.ts'

type Fits = ReadonlyMap<DeviceId, DeviceFit>

/** Which device; each with its verdict in words, from what was last known of it. */
export function TargetStep(): ReactElement {
  const texts = useRestoreTexts()
  const language = useLanguage()
  const all = useStore(devicesStore, (state) => valueOf(state.devices)) ?? []
  const { archiveId, deviceId, isDrill } = useStore(wizardStore)
  const proof = useProofTexts()
  const family = useStore(archivesStore, ({ byId }) => archiveId && byId.get(archiveId)?.family)
  const devices = isDrill ? all.filter(({ device }) => isForDrill(device, family)) : all
  const fits = useFits(archiveId)
  const columns = useMemo(() => targetColumns(language, valueOf(fits)), [language, fits])
  const next = (): void => goToStep('check')
  return (
    <StepFrame
      content="fill"
      intro={
        <>
          <p>{isDrill ? proof.drillIntro : texts.target.intro}</p>
          {fits.phase === 'failed' && <FailurePanel failure={fits.failure} />}
        </>
      }
      actions={
        <>
          <Button label={texts.back} onPress={() => goToStep('archive')} />
          <Button
            variant="primary"
            label={texts.next.target}
            isDisabled={deviceId === undefined}
            onPress={next}
          />
        </>
      }
    >
      <Table
        label={texts.target.table}
        rows={devices}
        columns={columns}
        rowId={({ device }) => device.id}
        rowText={({ device }) => device.name}
        selectionMode="single"
        selectedKeys={new Set(deviceId === undefined ? [] : [deviceId])}
        onSelectionChange={(keys) => {
          const [key] = keys
          choose({ deviceId: key === undefined ? undefined : deviceIdSchema.parse(key) })
        }}
        onOpen={({ device }) => {
          choose({ deviceId: device.id })
          next()
        }}
        defaultSort={{ column: 'device', direction: 'ascending' }}
        empty={
          <EmptyState icon={MonitorSmartphone} sentence={isDrill ? proof.drillNone : texts.target.none} />
        }
      />
    </StepFrame>
  )
}

/** A drill needs a device that nobody needs now, of the kind that made the archive. */
function isForDrill({ role, family }: Device, wanted: FamilyId | undefined): boolean {
  return role !== 'production' && (wanted === undefined || family === wanted)
}

function useFits(archiveId: ArchiveId | undefined): Loaded<Fits> {
  const [answer, setAnswer] = useState<{ readonly of: ArchiveId; readonly fits: Loaded<Fits> }>()
  useEffect(() => {
    if (archiveId === undefined) return undefined
    let isWanted = true
    void request('fit.devices', { archiveId }).then((result) => {
      const fits = loadedFrom(result)
      if (!isWanted) return
      const byDevice =
        fits.phase === 'ready'
          ? ({ phase: 'ready', value: new Map(fits.value.map((fit) => [fit.deviceId, fit])) } as const)
          : fits
      setAnswer({ of: archiveId, fits: byDevice })
    })
    return () => {
      isWanted = false
    }
  }, [archiveId])
  return answer !== undefined && answer.of === archiveId ? answer.fits : loading
}

function targetColumns(language: Language, fits: Fits | undefined): readonly Column<DeviceView>[] {
  const { target: texts } = restoreTexts[language]
  const words = wordsIn(language)
  const fitOf = ({ device }: DeviceView): DeviceFit | undefined => fits?.get(device.id)
  const reasonOf = (view: DeviceView): string => {
    const fit = fitOf(view)
    return fit?.deciding && fit.verdict !== 'fits' ? findingText(fit.deciding, language).title : ''
  }
  const serialOf = ({ device }: DeviceView): string => device.identity?.serial?.value ?? '–'
  return [
    {
      id: 'device',
      label: texts.device,
      render: ({ device }) => device.name,
      sortValue: ({ device }) => device.name,
      isRowHeader: true,
      grow: 1,
      minWidth: 120,
    },
    { id: 'serial', label: texts.serial, render: serialOf, sortValue: serialOf, isTabular: true, width: 130 },
    {
      id: 'verdict',
      label: texts.verdict,
      render: (view) => {
        const fit = fitOf(view)
        if (fit === undefined) return texts.checking
        return <VerdictBadge verdict={fit.verdict} label={words.verdict[fit.verdict]} look="plain" />
      },
      text: (view) => words.verdict[fitOf(view)?.verdict ?? 'unknown'],
      sortValue: (view) => fitOf(view)?.verdict,
      width: 168,
    },
    { id: 'reason', label: texts.reason, render: reasonOf, sortValue: reasonOf, grow: 2.5, minWidth: 160 },
  ]
}
