import { createStore } from 'zustand/vanilla'
import type { AppFacts } from '../../shared/ipc/views.ts'
import { settingsSchema, type Settings } from '../../shared/model/settings.ts'
import type { Result } from '../../shared/result.ts'
import { loadedFrom, loading, valueOf, type Loaded } from './loaded.ts'

interface SettingsState {
  /** What the person chose; the defaults hold until main has answered, and where the file cannot be read. */
  readonly settings: Settings
  /** Facts about this installation. */
  readonly facts: Loaded<AppFacts>
}

export const settingsStore = createStore<SettingsState>(() => ({
  settings: settingsSchema.parse({}),
  facts: loading,
}))

export function applySettings(settings: Settings): void {
  settingsStore.setState({ settings })
}

export function applyFacts(result: Result<AppFacts>): void {
  settingsStore.setState({ facts: loadedFrom(result) })
}

/** The keychain of this computer, as far as it is known. */
export function keychainOf({ facts }: SettingsState): AppFacts['keychain'] | undefined {
  return valueOf(facts)?.keychain
}
