import { Archive, FileSpreadsheet, FilterX, Printer, Server } from 'lucide-react'
import { useEffect } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useStore } from 'zustand'
import type { FitFilter } from '../../../shared/model/fit-filter.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { go } from '../../navigation.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { annotationsStore } from '../../stores/annotations.ts'
import { archivesStore } from '../../stores/archives.ts'
import { devicesStore } from '../../stores/devices.ts'
import { showFailure, showMessage } from '../../stores/messages.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { MenuButton } from '../../ui/actions/menu.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { FitGrid } from './fit-grid.tsx'
import { FitLegend } from './fit-legend.tsx'
import { changeFilter, clearFilter, fitState, isFiltered, loadSummary, type FitSummary } from './fit-state.ts'
import { FitToolbar } from './fit-toolbar.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './fit.module.css'
import { useFitTexts } from './texts.ts'

/** Which archive fits which device, for all of them at once and without asking any. */
export function FitView(): ReactElement {
  const texts = useFitTexts()
  const { filter, summary } = useStore(fitState)
  useSummary()
  return (
    <>
      <PageHeader
        title={texts.title}
        subtitle={texts.subtitle}
        actions={<Export filter={filter} isEmpty={summary.phase !== 'ready'} />}
      />
      {summary.phase === 'loading' && (
        <Middle>
          <Spinner label={texts.loading} size={24} />
        </Middle>
      )}
      {summary.phase === 'failed' && (
        <div className={styles['page']}>
          <FailurePanel
            failure={summary.failure}
            actions={<FailureActions failure={summary.failure} retry={() => void loadSummary()} />}
          />
        </div>
      )}
      {summary.phase === 'ready' && <Content filter={filter} summary={summary.value} />}
    </>
  )
}

/** Asks main again whenever devices, archives or what was stated of them were loaded again. */
function useSummary(): void {
  const devices = useStore(devicesStore, (state) => state.devices)
  const archives = useStore(archivesStore, (state) => state.archives)
  const annotations = useStore(annotationsStore, ({ byId }) => byId)
  useEffect(() => {
    if (devices.phase !== 'loading' && archives.phase !== 'loading') void loadSummary()
  }, [devices, archives, annotations])
}

interface ContentProps {
  readonly filter: FitFilter
  readonly summary: FitSummary
}

function Content({ filter, summary }: ContentProps): ReactElement {
  const texts = useFitTexts()
  const language = useLanguage()
  const isEmpty = summary.archiveIds.length === 0 || summary.deviceIds.length === 0
  if (isEmpty && !isFiltered(filter)) return <NothingYet hasDevices={summary.deviceIds.length > 0} />
  const shown = texts.shown(
    texts.archiveCount(summary.archiveIds.length, formatCount(summary.archiveIds.length, language)),
    texts.deviceCount(summary.deviceIds.length, formatCount(summary.deviceIds.length, language)),
  )
  return (
    <div className={layout['column']}>
      <FitToolbar filter={filter} />
      <div className={styles['legendLine']}>
        <FitLegend counts={summary.counts} chosen={filter.kind} onChoose={(kind) => changeFilter({ kind })} />
        <span className={styles['quiet']}>{shown}</span>
      </div>
      {isEmpty ? (
        <Middle>
          <EmptyState
            icon={FilterX}
            sentence={texts.nothingFound}
            action={<Button label={texts.clear} onPress={clearFilter} />}
          />
        </Middle>
      ) : (
        <FitGrid summary={summary} />
      )}
    </div>
  )
}

function NothingYet({ hasDevices }: { readonly hasDevices: boolean }): ReactElement {
  const texts = useFitTexts()
  return (
    <Middle>
      {hasDevices ? (
        <EmptyState
          icon={Archive}
          sentence={texts.noArchives}
          action={<Button label={texts.goToArchives} onPress={() => go({ view: 'archives' })} />}
        />
      ) : (
        <EmptyState
          icon={Server}
          sentence={texts.noDevices}
          action={<Button label={texts.addDevice} onPress={() => go({ view: 'devices' })} />}
        />
      )}
    </Middle>
  )
}

interface ExportProps {
  readonly filter: FitFilter
  readonly isEmpty: boolean
}

function Export({ filter, isEmpty }: ExportProps): ReactElement {
  const texts = useFitTexts()
  const save = async (kind: 'csv' | 'page'): Promise<void> => {
    const result = await request('fit.export', { kind, filter })
    if (!result.ok) showFailure(result.failure)
    else if (result.value) showMessage({ tone: 'good', text: texts.exported })
  }
  return (
    <MenuButton
      label={texts.export}
      isDisabled={isEmpty}
      groups={[
        [
          {
            id: 'csv',
            label: texts.exportCsv,
            icon: FileSpreadsheet,
            onAction: () => void save('csv'),
          },
          { id: 'page', label: texts.exportPage, icon: Printer, onAction: () => void save('page') },
        ],
      ]}
    />
  )
}

function Middle({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={layout['middle']}>{children}</div>
}
