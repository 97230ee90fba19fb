import type { Answer } from '../../ctrlx-core/answer.ts'
import type { Appliance } from '../appliance.ts'
import type { Html } from './html.ts'
import { html } from './html.ts'

/** The paths of the console. The vendor documents menus, not addresses; these are the simulator's own. */
export const paths = {
  login: '/login',
  logout: '/logout',
  dashboard: '/dashboard',
  computers: '/device-control/computers',
  serverInformation: '/appliance/server-information',
  backupV2: '/system-maintenance/system-backup-v2',
  createBackup: '/system-maintenance/system-backup-v2/create',
  confirmKey: '/system-maintenance/system-backup-v2/key-saved',
  downloadBackup: '/system-maintenance/system-backup-v2/download',
  deleteBackup: '/system-maintenance/system-backup-v2/delete',
  import: '/system-maintenance/system-backup-v2/import',
  olderBackup: '/system-maintenance/system-backup',
  auditLogBackup: '/system-maintenance/audit-log-backup',
  downloadOther: '/system-maintenance/download',
  settings: '/system-configuration/system-settings',
  licensing: '/system-configuration/system-licensing',
} as const

const menu: readonly (readonly [string, string])[] = [
  [paths.dashboard, 'Dashboard'],
  [paths.computers, 'Device Control > Computers'],
  [paths.serverInformation, 'Appliance > Server Information'],
  [paths.olderBackup, 'System Maintenance > System Backup'],
  [paths.backupV2, 'System Maintenance > System Backup v2'],
  [paths.auditLogBackup, 'System Maintenance > Audit Log Backup'],
  [paths.settings, 'System Configuration > System Settings'],
  [paths.licensing, 'System Configuration > System Licensing'],
]

/** What the pages show as the version: the appliance's own, unless a fault says otherwise. */
export function shownVersion(appliance: Appliance): string {
  return appliance.faults.condition('wrong-version-page')?.version ?? appliance.state.version
}

/** A page for someone logged in, with the menu and, in the lower right corner, the version. */
export function consolePage(appliance: Appliance, title: string, content: Html): Answer {
  const links = menu.map(([path, name]) => html`<li><a href="${path}">${name}</a></li>`)
  return document(
    title,
    html`<nav>
        <ul>
          ${links}
        </ul>
        <form method="post" action="${paths.logout}"><button>Log out</button></form>
      </nav>
      <main>
        <h1>${title}</h1>
        ${content}
      </main>
      <footer style="text-align: right" id="version">Version ${shownVersion(appliance)}</footer>`,
  )
}

/** A page that shows nothing of the appliance. */
export function document(title: string, body: Html, status = 200): Answer {
  const { html: text } = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title} - Endpoint Protector</title>
      </head>
      <body>
        ${body}
      </body>
    </html> `
  return {
    status,
    headers: { 'cache-control': 'no-store' },
    body: { kind: 'bytes', bytes: Buffer.from(text), type: 'text/html; charset=utf-8' },
  }
}

/** Sends the browser to another page, as every form of the console does once it has been carried out. */
export function redirect(location: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 303, headers: { ...headers, location } }
}
