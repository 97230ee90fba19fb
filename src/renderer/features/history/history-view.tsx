import { ArrowLeft, History } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { FileHistory } from '../../../shared/model/history.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { request } from '../../api.ts'
import { goBack } from '../../navigation.ts'
import { useAnswer } from '../../parts/use-answer.ts'
import { Waiting } from '../../parts/waiting.tsx'
import { devicesStore } from '../../stores/devices.ts'
import { IconButton } from '../../ui/actions/icon-button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import layout from '../../ui/layout/layout.module.css'
import { useHistoryTexts } from './texts.ts'
import { TwoVersions } from './two-versions.tsx'
import { rangesOf, twoOf } from './version-ranges.ts'
import { VersionTable } from './version-table.tsx'

interface HistoryViewProps {
  readonly deviceId: DeviceId
  readonly inside: readonly string[] | undefined
  readonly entry: string
}

/** One file in all archives of a device: its versions, and two of them side by side. */
export function HistoryView({ deviceId, inside = [], entry }: HistoryViewProps): ReactElement {
  const texts = useHistoryTexts()
  const device = useStore(devicesStore, ({ byId }) => byId.get(deviceId)?.device.name)
  const history = useAnswer(JSON.stringify([deviceId, inside, entry]), async () =>
    request('history.read', { deviceId, inside, entry }),
  )
  const way = [
    ...(device === undefined ? [] : [device]),
    ...[...inside, entry].map((path) => escapeUntrusted(path)),
  ]
  return (
    <section className={layout['column']}>
      <PageHeader
        title={texts.title}
        subtitle={way.join(' › ')}
        leading={<IconButton label={texts.back} icon={ArrowLeft} onPress={goBack} />}
      />
      <Waiting loaded={history} label={texts.reading}>
        {(value) => <Versions history={value} inside={inside} entry={entry} />}
      </Waiting>
    </section>
  )
}

interface VersionsProps {
  readonly history: FileHistory
  readonly inside: readonly string[]
  readonly entry: string
}

function Versions({ history, inside, entry }: VersionsProps): ReactElement {
  const texts = useHistoryTexts()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const ranges = useMemo(() => rangesOf(history), [history])
  const two = twoOf(ranges, chosen)
  const shown = chosen.size > 0 ? chosen : new Set(two?.map(({ archiveId }): string => archiveId))
  if (!ranges.some(({ file, failure }) => file !== undefined || failure !== undefined)) {
    return (
      <div className={layout['middle']}>
        <EmptyState icon={History} sentence={texts.nowhere} />
      </div>
    )
  }
  const versions = ranges.filter(({ file }) => file !== undefined).length
  return (
    <SplitPane
      label={texts.divider}
      direction="rows"
      defaultSize={36}
      minFirst={160}
      minSecond={200}
      first={
        <VersionTable ranges={ranges} chosen={shown} onChoose={setChosen} inside={inside} entry={entry} />
      }
      second={
        two === undefined ? (
          <div className={layout['middle']}>
            <EmptyState icon={History} sentence={versions === 1 ? texts.onlyOne : texts.choose} />
          </div>
        ) : (
          <TwoVersions older={two[0]} newer={two[1]} inside={inside} entry={entry} />
        )
      }
    />
  )
}
