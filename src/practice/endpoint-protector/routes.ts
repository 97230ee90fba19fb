import { statSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from '../ctrlx-core/answer.ts'
import { readForm } from '../ctrlx-core/form.ts'
import type { RequestBody } from '../ctrlx-core/request-body.ts'
import { matchesPassword } from '../ctrlx-core/secrets.ts'
import type { Appliance } from './appliance.ts'
import {
  beginBackup,
  confirmKey,
  deleteBackup,
  isFinished,
  makeAuditLogBackup,
  makeOlderBackup,
  pathOf,
} from './backups.ts'
import { importBackup } from './migration.ts'
import {
  auditLogBackupPage,
  backupV2Page,
  importRefusedPage,
  keyPage,
  olderBackupPage,
} from './pages/backup-pages.ts'
import { html } from './pages/html.ts'
import { document, paths, redirect } from './pages/layout.ts'
import {
  computersPage,
  dashboardPage,
  licensingPage,
  loginPage,
  serverInformationPage,
  settingsPage,
  wrongLogin,
} from './pages/state-pages.ts'
import { sessionCookie } from './sessions.ts'

/** One request as a handler sees it. */
export interface Call {
  readonly appliance: Appliance
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: RequestBody
}

type Handler = (call: Call) => Answer | Promise<Answer>

interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly handle: Handler
}

/** What anybody may ask for. Everything else leads to the login page first. */
const open: readonly Route[] = [
  { method: 'GET', path: paths.login, handle: () => loginPage() },
  { method: 'POST', path: paths.login, handle: logIn },
  { method: 'POST', path: paths.logout, handle: logOut },
]

const closed: readonly Route[] = [
  { method: 'GET', path: '/', handle: () => redirect(paths.dashboard) },
  { method: 'GET', path: paths.dashboard, handle: ({ appliance }) => dashboardPage(appliance) },
  { method: 'GET', path: paths.computers, handle: ({ appliance }) => computersPage(appliance) },
  {
    method: 'GET',
    path: paths.serverInformation,
    handle: ({ appliance }) => serverInformationPage(appliance),
  },
  { method: 'GET', path: paths.settings, handle: ({ appliance }) => settingsPage(appliance) },
  { method: 'POST', path: paths.settings, handle: saveSettings },
  { method: 'GET', path: paths.licensing, handle: ({ appliance }) => licensingPage(appliance) },
  { method: 'POST', path: paths.licensing, handle: importLicence },
  { method: 'GET', path: paths.backupV2, handle: ({ appliance }) => backupV2Page(appliance) },
  { method: 'POST', path: paths.createBackup, handle: createBackup },
  { method: 'POST', path: paths.confirmKey, handle: saveKey },
  { method: 'GET', path: paths.downloadBackup, handle: downloadBackup },
  { method: 'POST', path: paths.deleteBackup, handle: removeBackup },
  { method: 'POST', path: paths.import, handle: importAndRestore },
  { method: 'GET', path: paths.olderBackup, handle: ({ appliance }) => olderBackupPage(appliance) },
  { method: 'POST', path: paths.olderBackup, handle: createOlderBackup },
  { method: 'GET', path: paths.auditLogBackup, handle: ({ appliance }) => auditLogBackupPage(appliance) },
  { method: 'POST', path: paths.auditLogBackup, handle: createAuditLogBackup },
  { method: 'GET', path: paths.downloadOther, handle: downloadOther },
]

/** Who handles a request; without a session everything but the login leads to the login page. */
export function handlerFor(
  request: { readonly method: string; readonly path: string },
  user: string | undefined,
): Handler {
  const matches = ({ method, path }: Route): boolean => method === request.method && path === request.path
  const free = open.find(matches)
  if (free !== undefined) return free.handle
  if (user === undefined) return () => redirect(paths.login)
  return closed.find(matches)?.handle ?? notFound
}

function notFound(): Answer {
  return document('Not found', html`<h1>404 Not Found</h1>`, 404)
}

async function logIn({ appliance, body }: Call): Promise<Answer> {
  const form = await readFields(body)
  const name = form.get('username')
  const user = appliance.state.content.users.find((each) => each.name === name)
  const isRight = user !== undefined && matchesPassword(form.get('password') ?? '', user.passwordHash)
  if (!isRight) return loginPage(wrongLogin)
  const token = appliance.sessions.open(user.name)
  const cookie = `${sessionCookie}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax`
  return redirect(paths.dashboard, { 'set-cookie': cookie })
}

function logOut({ appliance, headers }: Call): Answer {
  appliance.sessions.close(headers.cookie)
  return redirect(paths.login)
}

async function saveSettings({ appliance, body }: Call): Promise<Answer> {
  const wanted = (await readFields(body)).get('client_communication')
  if (wanted === 'enabled' || wanted === 'disabled') {
    appliance.change({ clientCommunication: wanted === 'enabled' })
    appliance.witness.event('client-communication', { wanted })
  }
  return redirect(paths.settings)
}

async function importLicence({ appliance, body }: Call): Promise<Answer> {
  const form = await readFields(body)
  const text = form.get('licence')?.trim() ?? ''
  if (text !== '') appliance.change({ licence: { kind: 'full', hasPhpEls: text.includes('php_els') } })
  else if (form.get('trial') === 'yes') appliance.change({ licence: { kind: 'trial', hasPhpEls: false } })
  return redirect(paths.licensing)
}

async function createBackup({ appliance, body }: Call): Promise<Answer> {
  const form = await readFields(body)
  const name = form.get('name')?.trim() ?? ''
  if (name === '') return backupV2Page(appliance, 'Enter a name.')
  return keyPage(appliance, beginBackup(appliance, { name, description: form.get('description') ?? '' }))
}

async function saveKey({ appliance, body }: Call): Promise<Answer> {
  void confirmKey(appliance, (await readFields(body)).get('id') ?? '')
  return redirect(paths.backupV2)
}

function downloadBackup({ appliance, query }: Call): Answer {
  const row = appliance.state.backups.find(({ id }) => id === query.get('id'))
  if (row === undefined || !isFinished(appliance, row)) return notFound()
  return fileAnswer(appliance, row.fileName)
}

function downloadOther({ appliance, query }: Call): Answer {
  const row = appliance.state.otherBackups.find(({ id }) => id === query.get('id'))
  return row === undefined ? notFound() : fileAnswer(appliance, row.fileName)
}

async function removeBackup({ appliance, body }: Call): Promise<Answer> {
  deleteBackup(appliance, (await readFields(body)).get('id') ?? '')
  return redirect(paths.backupV2)
}

async function importAndRestore({ appliance, body, headers }: Call): Promise<Answer> {
  const { fields, files } = await readForm(body.stream, headers, appliance.temporaryFolder)
  const fault = appliance.faults.takeImport()
  if (fault?.isCarriedOut === false) return serverError()
  const end = importBackup(appliance, files.get('backup_file'), fields.get('system_backup_key') ?? '')
  if (fault !== undefined) return serverError()
  return end.answer === 'accepted' ? redirect(paths.backupV2) : importRefusedPage(appliance, end.why)
}

async function createOlderBackup({ appliance, body }: Call): Promise<Answer> {
  const form = await readFields(body)
  const choice = { database: form.has('database'), application: form.has('application') }
  if (!choice.database && !choice.application) return olderBackupPage(appliance, 'Choose what to back up.')
  makeOlderBackup(appliance, choice)
  return redirect(paths.olderBackup)
}

function createAuditLogBackup({ appliance }: Call): Answer {
  makeAuditLogBackup(appliance)
  return redirect(paths.auditLogBackup)
}

/** What the appliance answers with when one of its scripts has failed. */
export function serverError(): Answer {
  return document('Error', html`<h1>HTTP ERROR 500</h1>`, 500)
}

function fileAnswer(appliance: Appliance, fileName: string): Answer {
  const path = pathOf(appliance, { fileName })
  return {
    status: 200,
    headers: { 'content-disposition': `attachment; filename="${fileName}"` },
    body: {
      kind: 'file',
      path,
      start: 0,
      length: statSync(path).size,
      type: 'application/octet-stream',
    },
  }
}

async function readFields(body: RequestBody): Promise<URLSearchParams> {
  return new URLSearchParams(await body.text())
}
