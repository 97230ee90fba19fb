import type { ReactElement } from 'react'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { useLanguage } from '../../texts.ts'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { Download } from 'lucide-react'
import { Button } from '../../ui/actions/button.tsx'
import { MenuButton } from '../../ui/actions/menu.tsx'
import { backUp, deviceActions } from './device-actions.ts'
import { deviceFilters, type DeviceFilter } from './device-list.ts'
import { FactList } from '../../ui/data/fact-list.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './devices.module.css'
import { useRunningDevices } from './running-devices.ts'
import { useDevicesTexts } from './texts.ts'

/** What several selected devices have in common, and what can be done with all of them. */
export function ManyDevices({ views }: { readonly views: readonly DeviceView[] }): ReactElement {
  const texts = useDevicesTexts()
  const language = useLanguage()
  const running = useRunningDevices()
  const count = formatCount(views.length, language)
  const counts: Readonly<Record<DeviceFilter, number>> = {
    all: views.length,
    'never-backed-up': views.filter(({ lastBackupAt }) => lastBackupAt === undefined).length,
    running: views.filter(({ device }) => running.has(device.id)).length,
    'no-password': views.filter(({ credentials }) => credentials === 'none').length,
  }
  return (
    <section className={layout['column']} aria-label={texts.manySelected(count)}>
      <PageHeader
        title={texts.manySelected(count)}
        level={2}
        actions={
          <>
            <Button
              label={texts.actions.backUp}
              icon={Download}
              variant="primary"
              onPress={() => backUp(views)}
            />
            <MenuButton label={texts.actions.menu} look="dots" groups={deviceActions(views, language)} />
          </>
        }
      />
      <div className={styles['page']}>
        <FactList
          facts={deviceFilters
            .filter((filter) => filter !== 'all')
            .map((filter) => ({
              label: texts.filters[filter],
              value: formatCount(counts[filter], language),
            }))}
        />
      </div>
    </section>
  )
}
