import { createStore } from 'zustand/vanilla'
import { settingsSchema, type Settings } from '../../shared/model/settings.ts'
import type { AppFacts } from '../../shared/ipc/views.ts'

interface SettingsState {
  readonly settings: Settings
  /** Facts about this installation; absent until main has told them. */
  readonly facts: AppFacts | undefined
}

/** What the person chose, and what this installation is. The defaults hold until main has answered. */
export const settingsStore = createStore<SettingsState>(() => ({
  settings: settingsSchema.parse({}),
  facts: undefined,
}))

export function applySettings(settings: Settings): void {
  settingsStore.setState({ settings })
}

export function applyFacts(facts: AppFacts): void {
  settingsStore.setState({ facts })
}
