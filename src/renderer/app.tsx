import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { controls as germanControls } from '../shared/text/de/controls.ts'
import { windowProcedures as germanProcedures } from '../shared/text/de/window-procedures.ts'
import { controls as englishControls } from '../shared/text/en/controls.ts'
import { windowProcedures as englishProcedures } from '../shared/text/en/window-procedures.ts'
import { request } from './api.ts'
import styles from './app.module.css'
import { mainViews } from './commands.ts'
import { Dialogs } from './dialogs.tsx'
import { JobTray } from './features/jobs/job-tray.tsx'
import { go, navigation, placeOf, type ViewName } from './navigation.ts'
import { useShellTexts } from './shell-texts.ts'
import { useWindowKeys } from './window-keys.ts'
import { WindowHead } from './window-head.tsx'
import { messages } from './stores/messages.ts'
import { proceduresStore, waitingForPerson } from './stores/procedures.ts'
import { settingsStore } from './stores/settings.ts'
import { useLanguage, useTexts } from './texts.ts'
import { Badge } from './ui/feedback/badge.tsx'
import { ToastRegion } from './ui/feedback/toast.tsx'
import { Sidebar } from './ui/layout/sidebar.tsx'
import { applyTheme } from './ui/theme.ts'
import { UiProvider } from './ui/ui-provider.tsx'
import { View } from './view.tsx'

const procedures = { en: englishProcedures, de: germanProcedures }
const controls = { en: englishControls, de: germanControls }

/** Which entry of the sidebar a view belongs to. */
const sidebarEntry: Readonly<Record<ViewName, (typeof mainViews)[number]['view']>> = {
  devices: 'devices',
  archives: 'archives',
  browse: 'archives',
  compare: 'archives',
  'compare-live': 'archives',
  restore: 'devices',
  report: 'activity',
  search: 'search',
  history: 'search',
  fit: 'fit',
  procedures: 'procedures',
  activity: 'activity',
  settings: 'settings',
}

/** The window: navigation, the current view, the jobs, and what lies over them. */
export function App(): ReactElement {
  const language = useLanguage()
  const theme = useStore(settingsStore, ({ settings }) => settings.theme)
  useEffect(() => applyTheme(theme), [theme])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  useWindowKeys()
  return (
    <UiProvider language={language} words={controls[language]} copyText={copyText}>
      <div className={styles['window']}>
        <Navigation />
        <div className={styles['middle']}>
          <Main />
          <JobTray />
        </div>
      </div>
      <Dialogs />
      <ToastRegion toasts={messages} />
    </UiProvider>
  )
}

function Navigation(): ReactElement {
  const texts = useShellTexts()
  const view = useStore(navigation, (state) => placeOf(state).view)
  const waiting = useStore(proceduresStore, waitingForPerson)
  return (
    <div className={styles['side']}>
      <Sidebar
        label={texts.mainNavigation}
        head={<WindowHead />}
        sections={[
          {
            id: 'views',
            items: mainViews.map(({ view: id, icon }) => ({
              id,
              label: texts.views[id],
              icon,
              ...(id === 'procedures' && waiting > 0 && { note: <WaitingBadge count={waiting} /> }),
            })),
          },
        ]}
        selected={sidebarEntry[view]}
        onSelect={(id) => {
          const chosen = mainViews.find((each) => each.view === id)
          if (chosen !== undefined) go({ view: chosen.view })
        }}
      />
    </div>
  )
}

/** How many guided restores wait for a person; said in words to whoever cannot see where the figure stands. */
function WaitingBadge({ count }: { readonly count: number }): ReactElement {
  const words = useTexts(procedures)
  return <Badge label={String(count)} tone="accent" title={words.waiting(count)} />
}

/** The current view. Takes the focus where it would be lost because what had it is gone. */
function Main(): ReactElement {
  const place = useStore(navigation, placeOf)
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) main.current?.focus()
  }, [place.view])
  return (
    <main ref={main} className={styles['main']} tabIndex={-1}>
      <View place={place} />
    </main>
  )
}

async function copyText(text: string): Promise<void> {
  const result = await request('clipboard.write', { text })
  if (!result.ok) throw new Error(result.failure.code)
}
