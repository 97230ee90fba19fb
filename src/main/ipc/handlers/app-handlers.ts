import { app, clipboard, shell } from 'electron'
import type { Settings } from '../../../shared/model/settings.ts'
import { helpPages, type HelpPage } from '../../app/policy.ts'
import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'

type AppHandlers = Pick<
  Handlers,
  | 'app.facts'
  | 'settings.read'
  | 'settings.change'
  | 'clipboard.write'
  | 'help.open'
  | 'jobs.list'
  | 'jobs.cancel'
  | 'activity.list'
>

const activityShown = 500

/** Requests about the application itself, its jobs and its history. */
export function appHandlers(ferrite: Ferrite, onSettings: (settings: Settings) => void): AppHandlers {
  const { settings, jobs, activity, vault, home, secretStore } = ferrite
  return {
    'app.facts': async () => ({
      version: app.getVersion(),
      platform: process.platform,
      vaultPlace: vault.folder,
      homePlace: home,
      keychain: await secretStore.state(),
      practice: process.env['FERRITE_PRACTICE'] !== undefined,
    }),
    'settings.read': async () => await settings.read(),
    'settings.change': async ({ language, theme }) => {
      const changed = await settings.change({ ...(language && { language }), ...(theme && { theme }) })
      onSettings(changed)
      return changed
    },
    'clipboard.write': async ({ text }) => {
      // Synchronous up to Electron 44, a promise after it; awaiting is right for both.
      await (clipboard.writeText(text) as unknown)
    },
    'help.open': async ({ page }) => {
      await openHelp(page)
    },
    'jobs.list': () => jobs.list(),
    'jobs.cancel': ({ id }) => jobs.cancel(id),
    'activity.list': async () => await activity.list({ limit: activityShown }),
  }
}

/** Opens one of our own help pages in the person's browser; there is no way to open any other address. */
async function openHelp(page: HelpPage): Promise<void> {
  await shell.openExternal(helpPages[page])
}
