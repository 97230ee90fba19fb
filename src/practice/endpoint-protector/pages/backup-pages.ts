import type { Answer } from '../../ctrlx-core/answer.ts'
import type { Appliance, PendingBackup } from '../appliance.ts'
import { isFinished } from '../backups.ts'
import type { ImportAnswer } from '../migration.ts'
import type { BackupRow, OtherBackup } from '../state.ts'
import { refusalSentences } from '../version-pair.ts'
import type { Html } from './html.ts'
import { html } from './html.ts'
import { consolePage, paths } from './layout.ts'

type ImportRefusal = Extract<ImportAnswer, { answer: 'refused' }>['why']

/** The list of System Backup v2 with the forms to create and to import one. */
export function backupV2Page(appliance: Appliance, message = ''): Answer {
  const rows = appliance.state.backups.map((row) => backupRow(row, isFinished(appliance, row)))
  return consolePage(
    appliance,
    'System Backup v2',
    html`<p class="error">${message}</p>
      <a href="${paths.backupV2}">Reload</a>
      <table>
        <tr>
          <th>Name</th>
          <th>Description</th>
          <th>Created</th>
          <th>Status</th>
          <th>Actions</th>
        </tr>
        ${rows}
      </table>
      <h2>Create</h2>
      <form method="post" action="${paths.createBackup}">
        <label>Name <input name="name" required /></label>
        <label>Description <input name="description" /></label>
        <button>Save</button>
      </form>
      <h2>Import and Restore (Migrate)</h2>
      <form method="post" action="${paths.import}" enctype="multipart/form-data">
        <input type="file" name="backup_file" />
        <label>System Backup Key <input name="system_backup_key" autocomplete="off" /></label>
        <button>Import</button>
      </form>`,
  )
}

function backupRow({ id, name, description, createdAt, status }: BackupRow, canBeTaken: boolean): Html {
  const color = status === 'Generating' ? 'red' : 'inherit'
  const download = canBeTaken ? html`<a href="${paths.downloadBackup}?id=${id}">Download</a>` : html``
  return html`<tr>
    <td>${name}</td>
    <td>${description}</td>
    <td>${createdAt}</td>
    <td style="color: ${color}">${status}</td>
    <td>
      ${download}
      <form method="post" action="${paths.deleteBackup}">
        <input type="hidden" name="id" value="${id}" /><button>Delete</button>
      </form>
    </td>
  </tr>`
}

/** The one page on which the System Backup Key stands. */
export function keyPage(appliance: Appliance, { id, key, name }: PendingBackup): Answer {
  return consolePage(
    appliance,
    'System Backup Key',
    html`<p>System Backup Key of ${name}:</p>
      <p><code id="system-backup-key">${key}</code></p>
      <p>
        For security purposes, the System Backup Key is not stored by the server. Make sure that it is saved.
      </p>
      <form method="post" action="${paths.confirmKey}">
        <input type="hidden" name="id" value="${id}" />
        <button>Yes, I saved the System Backup Key</button>
      </form>`,
  )
}

export function importRefusedPage(appliance: Appliance, why: ImportRefusal): Answer {
  return backupV2Page(appliance, importRefusal(why, appliance.importLimitBytes))
}

function importRefusal(why: ImportRefusal, limitBytes: number): string {
  switch (why) {
    case 'no-file':
      return 'Choose the backup file first.'
    case 'busy':
      return 'Another import is being processed.'
    case 'too-large':
      return `The server cannot process backup files larger than ${limitBytes} bytes. Contact Customer Support.`
    case 'key':
      return 'The backup file cannot be opened with this System Backup Key.'
    default:
      return refusalSentences[why]
  }
}

export function olderBackupPage(appliance: Appliance, message = ''): Answer {
  return consolePage(
    appliance,
    'System Backup',
    html`<p class="error">${message}</p>
      ${otherList(appliance, 'system-backup')}
      <form method="post" action="${paths.olderBackup}">
        <label><input type="checkbox" name="database" value="yes" checked /> Database content</label>
        <label><input type="checkbox" name="application" value="yes" /> Application sources</label>
        <button>Make Backup</button>
      </form>`,
  )
}

export function auditLogBackupPage(appliance: Appliance): Answer {
  return consolePage(
    appliance,
    'Audit Log Backup',
    html`${otherList(appliance, 'audit-log-backup')}
      <form method="post" action="${paths.auditLogBackup}"><button>Create Audit Log Backup</button></form>`,
  )
}

function otherList(appliance: Appliance, kind: OtherBackup['kind']): Html {
  const rows = appliance.state.otherBackups
    .filter((row) => row.kind === kind)
    .map(
      ({ id, fileName, createdAt }) =>
        html`<li>${createdAt} <a href="${paths.downloadOther}?id=${id}">${fileName}</a></li>`,
    )
  return html`<ul>
    ${rows}
  </ul>`
}
