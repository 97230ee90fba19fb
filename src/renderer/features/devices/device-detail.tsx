import { Download, MousePointerClick, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { go } from '../../navigation.ts'
import { JobProgress } from '../../parts/job-progress.tsx'
import { isUnfinished, jobsStore } from '../../stores/jobs.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { MenuButton } from '../../ui/actions/menu.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { Tabs } from '../../ui/layout/tabs.tsx'
import { backUp, deviceActions } from './device-actions.ts'
import { DeviceApps } from './device-apps.tsx'
import { DeviceArchives } from './device-archives.tsx'
import { DeviceOverview } from './device-overview.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './devices.module.css'
import { ManyDevices } from './many-devices.tsx'
import { useDevicesTexts } from './texts.ts'

/** What is known of the selected device, and what can be done with it. */
export function DeviceDetail({ chosen }: { readonly chosen: readonly DeviceView[] }): ReactElement {
  const texts = useDevicesTexts()
  const [view] = chosen
  if (view === undefined) {
    return (
      <div className={layout['middle']}>
        <EmptyState icon={MousePointerClick} sentence={texts.choose} />
      </div>
    )
  }
  return chosen.length === 1 ? <OneDevice view={view} /> : <ManyDevices views={chosen} />
}

function OneDevice({ view }: { readonly view: DeviceView }): ReactElement {
  const texts = useDevicesTexts()
  const language = useLanguage()
  const words = wordsIn(language)
  const { device } = view
  const newest = useStore(jobsStore, ({ newestOf }) => newestOf.get(device.id))
  const job = newest !== undefined && isUnfinished(newest) ? newest : undefined
  return (
    <section className={layout['column']} aria-label={device.name}>
      <PageHeader
        title={device.name}
        level={2}
        subtitle={texts.detail.at(words.family[device.family], device.address)}
        actions={
          <>
            <Button
              label={texts.actions.backUp}
              icon={Download}
              variant="primary"
              isDisabled={job !== undefined}
              onPress={() => backUp([view])}
            />
            <Button
              label={texts.actions.restore}
              icon={RotateCcw}
              isDisabled={job !== undefined}
              onPress={() => go({ view: 'restore', deviceId: device.id })}
            />
            <MenuButton label={texts.actions.menu} look="dots" groups={deviceActions([view], language)} />
          </>
        }
      />
      {job !== undefined && (
        <div className={styles['running']}>
          <JobProgress job={job} isNamed />
        </div>
      )}
      <DeviceTabs view={view} />
    </section>
  )
}

function DeviceTabs({ view }: { readonly view: DeviceView }): ReactElement {
  const texts = useDevicesTexts()
  const language = useLanguage()
  const [tab, setTab] = useState('overview')
  const apps = view.device.identity?.apps?.value
  return (
    <Tabs
      label={texts.detail.tabs}
      selected={tab}
      onSelect={setTab}
      padding="flush"
      items={[
        { id: 'overview', label: texts.detail.overview, content: <DeviceOverview view={view} /> },
        {
          id: 'apps',
          label: texts.detail.apps,
          note: apps && formatCount(apps.length, language),
          content: <DeviceApps view={view} />,
        },
        {
          id: 'archives',
          label: texts.detail.archives,
          note: formatCount(view.archives, language),
          content: <DeviceArchives view={view} />,
        },
      ]}
    />
  )
}
