import { ArrowLeft, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { LiveComparison } from '../../../shared/model/comparison.ts'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { formatCount, formatTime } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { withLogin } from '../../login.ts'
import { goBack } from '../../navigation.ts'
import { useCompareTexts } from '../../parts/compare-texts.ts'
import { useAnswer } from '../../parts/use-answer.ts'
import { Waiting } from '../../parts/waiting.tsx'
import { devicesStore } from '../../stores/devices.ts'
import { valueOf } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { IconButton } from '../../ui/actions/icon-button.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { useArchiveLabel } from './archive-label.ts'
import layout from '../../ui/layout/layout.module.css'
import prose from '../../ui/prose.module.css'
import { MeaningTable } from './meaning-table.tsx'

interface LiveComparisonViewProps {
  readonly archiveId: ArchiveId
  readonly deviceId: DeviceId
}

/** The settings in an archive, and those of its device as it is now; the device is only read. */
export function LiveComparisonView({ archiveId, deviceId }: LiveComparisonViewProps): ReactElement {
  const texts = useCompareTexts()
  const language = useLanguage()
  const [reading, setReading] = useState(0)
  const label = useArchiveLabel(archiveId)
  const device = useStore(devicesStore, ({ byId }) => byId.get(deviceId)?.device.name) ?? deviceId
  const comparison = useAnswer(`${archiveId} ${deviceId} ${String(reading)}`, async () =>
    withLogin(deviceId, async () => await request('compare.live', { archiveId, deviceId })),
  )
  const ready = valueOf(comparison)
  const now = ready === undefined ? device : texts.live.now(device, formatTime(ready.readAt, language).local)
  return (
    <section className={layout['column']}>
      <PageHeader
        title={texts.titleLive}
        subtitle={`${label} → ${now}`}
        leading={<IconButton label={texts.back} icon={ArrowLeft} onPress={goBack} />}
        actions={
          <Button
            label={texts.live.again}
            icon={RefreshCw}
            isDisabled={comparison.phase === 'loading'}
            onPress={() => setReading((before) => before + 1)}
          />
        }
      />
      <Waiting loaded={comparison} label={texts.live.running(device)}>
        {(value) => <Settings key={value.readAt} comparison={value} />}
      </Waiting>
    </section>
  )
}

function Settings({ comparison: { meaning } }: { readonly comparison: LiveComparison }): ReactElement {
  const { live } = useCompareTexts()
  const language = useLanguage()
  const differ = meaning.total - meaning.noise
  return (
    <>
      <MeaningTable meaning={meaning} same={live.same} onlyNoise={live.onlyNoise} takesSlash />
      {differ > 0 && (
        <p className={prose['count']}>{live.counts(formatCount(differ, language), differ === 1)}</p>
      )}
    </>
  )
}
