import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { RequestInput } from '../../../shared/ipc/contract.ts'
import { languages } from '../../../shared/text/language.ts'
import { request } from '../../api.ts'
import { reloadFacts } from '../../live.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { showFailure } from '../../stores/messages.ts'
import { applySettings, settingsStore } from '../../stores/settings.ts'
import { RadioGroup } from '../../ui/fields/radio-group.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import { themes } from '../../ui/theme.ts'
import { HelpPanel } from './help-panel.tsx'
import { AboutPanel, PasswordPanel, VaultPanel } from './installation-panels.tsx'
import { KeysPanel } from './keys-panel.tsx'
import styles from './settings.module.css'
import { useSettingsTexts } from './texts.ts'

/** What can be chosen, where things lie, and what this installation is. */
export function SettingsView(): ReactElement {
  const texts = useSettingsTexts()
  const facts = useStore(settingsStore, (state) => state.facts)
  return (
    <>
      <PageHeader title={texts.title} />
      <div className={styles['page']} tabIndex={-1}>
        <div className={styles['column']}>
          <Appearance />
          {facts.phase === 'failed' && (
            <FailurePanel
              failure={facts.failure}
              isAnnounced={false}
              actions={<FailureActions failure={facts.failure} retry={() => void reloadFacts()} />}
            />
          )}
          {facts.phase === 'ready' && (
            <>
              <VaultPanel facts={facts.value} />
              <PasswordPanel facts={facts.value} />
            </>
          )}
          <KeysPanel />
          <HelpPanel />
          {facts.phase === 'ready' && <AboutPanel facts={facts.value} />}
        </div>
      </div>
    </>
  )
}

function Appearance(): ReactElement {
  const texts = useSettingsTexts()
  const { language, theme } = useStore(settingsStore, (state) => state.settings)
  return (
    <Panel title={texts.appearance}>
      <div className={styles['choices']}>
        <RadioGroup
          label={texts.language}
          direction="row"
          value={language}
          onChange={(chosen) => void change({ language: chosen })}
          options={languages.map((id) => ({ id, label: texts.languages[id] }))}
        />
        <RadioGroup
          label={texts.theme}
          direction="row"
          value={theme}
          onChange={(chosen) => void change({ theme: chosen })}
          options={themes.map((id) => ({ id, label: texts.themes[id] }))}
        />
      </div>
    </Panel>
  )
}

async function change(settings: RequestInput<'settings.change'>): Promise<void> {
  const result = await request('settings.change', settings)
  if (result.ok) applySettings(result.value)
  else showFailure(result.failure)
}
