import type { ReactElement } from 'react'
import styles from './app.module.css'
import { ActivityView } from './features/activity/activity-view.tsx'
import { ArchivesView } from './features/archives/archives-view.tsx'
import { BrowseView } from './features/browser/browse-view.tsx'
import { CompareView } from './features/compare/compare-view.tsx'
import { LiveComparisonView } from './features/compare/live-comparison-view.tsx'
import { DevicesView } from './features/devices/devices-view.tsx'
import { FitView } from './features/fit/fit-view.tsx'
import { HistoryView } from './features/history/history-view.tsx'
import { ProceduresView } from './features/procedures/procedures-view.tsx'
import { ReportView } from './features/restore/report-view.tsx'
import { RestoreView } from './features/restore/restore-view.tsx'
import { SearchView } from './features/search/search-view.tsx'
import { SettingsView } from './features/settings/settings-view.tsx'
import type { Place } from './navigation.ts'
import { ViewBoundary } from './parts/view-boundary.tsx'
import { useShellTexts } from './shell-texts.ts'
import { Button } from './ui/actions/button.tsx'
import { ErrorPanel } from './ui/feedback/error-panel.tsx'

/** The view of a place. A view that throws is replaced by what went wrong, and the window goes on. */
export function View({ place }: { readonly place: Place }): ReactElement {
  const texts = useShellTexts()
  return (
    <ViewBoundary
      resetKey={place.view}
      fallback={(error, retry) => (
        <div className={styles['failed']}>
          <ErrorPanel
            cause={texts.viewFailed}
            next={texts.viewFailedNext}
            details={error.stack ?? error.message}
            actions={<Button label={texts.retry} onPress={retry} />}
          />
        </div>
      )}
    >
      <ViewOf place={place} />
    </ViewBoundary>
  )
}

function ViewOf({ place }: { readonly place: Place }): ReactElement {
  switch (place.view) {
    case 'devices':
      return <DevicesView deviceId={place.deviceId} />
    case 'archives':
      return <ArchivesView archiveId={place.archiveId} />
    case 'browse':
      return (
        <BrowseView archiveId={place.archiveId} inside={place.inside} entry={place.entry} find={place.find} />
      )
    case 'compare':
      return <CompareView before={place.before} after={place.after} />
    case 'compare-live':
      return <LiveComparisonView archiveId={place.archiveId} deviceId={place.deviceId} />
    case 'restore':
      return (
        <RestoreView archiveId={place.archiveId} deviceId={place.deviceId} isDrill={place.isDrill ?? false} />
      )
    case 'report':
      return <ReportView planId={place.planId} />
    case 'search':
      return <SearchView archiveId={place.archiveId} deviceId={place.deviceId} />
    case 'history':
      return <HistoryView deviceId={place.deviceId} inside={place.inside} entry={place.entry} />
    case 'fit':
      return <FitView />
    case 'procedures':
      return <ProceduresView procedureId={place.procedureId} />
    case 'activity':
      return <ActivityView />
    case 'settings':
      return <SettingsView />
  }
}
