import type { ProfileId } from '../../../src/practice/ctrlx-core/profiles.ts'
import {
  backUp,
  finishTask,
  password,
  practise,
  sendSetup,
  until,
  user,
} from '../../practice/ctrlx-core/practice.ts'
import type { RecordedExchange } from '../../../src/practice/ctrlx-core/options.ts'
import type { Practice } from '../../practice/ctrlx-core/practice.ts'

const setup = '/setup/api/v1'
const identity = '/identity-manager/api/v2'
const packages = '/package-manager/api/v1'
const legacy = '/backup/api/v1'
const node = '/automation/api/v2/nodes/scheduler/admin/state'

/** Goes through everything that a release can do, good and bad, and answers all exchanges. */
export async function tour(profile: ProfileId): Promise<readonly RecordedExchange[]> {
  const practice = await practise({ profile, ranges: 'honoured' })
  await visitSystem(practice)
  if (profile !== '1.12') {
    await visitIdentity(practice)
    await visitSetup(practice)
    await visitApply(practice)
  }
  await visitPackages(practice)
  await visitLegacy(practice)
  await visitState(practice)
  await visitLogOut(practice)
  // Slow enough to look at the reboot before it comes.
  const slow = await practise({ profile, stepMs: 5_000 })
  await visitReboot(slow)
  return [...practice.exchanges, ...slow.exchanges]
}

async function visitSystem({ client }: Practice): Promise<void> {
  for (const path of ['info', 'typeplate', 'hostname', 'characteristics', 'tasks']) {
    await client.send('GET', `/system/api/v1/${path}`)
    await client.send('GET', `/system/api/v1/${path}`, { token: undefined })
  }
  await client.send('PUT', '/system/api/v1/hostname', { json: { hostname: 'tour' } })
  await client.send('PUT', '/system/api/v1/hostname', { json: { hostname: '-' } })
  for (const path of [
    '/storage/api/v1/media',
    '/license-manager/api/v1/capabilities',
    '/license-manager/api/v1/information',
  ]) {
    await client.send('GET', path)
    await client.send('GET', path, { token: undefined })
  }
}

async function visitIdentity({ client }: Practice): Promise<void> {
  for (const path of [
    'sessions',
    'settings/session',
    'auth/token/validity',
    'settings/loginbanner',
    'setup/state',
  ]) {
    await client.send('GET', `${identity}/${path}`)
    await client.send('GET', `${identity}/${path}`, { token: undefined })
  }
  const policy = await client.get(`${identity}/settings/session`)
  await client.send('PUT', `${identity}/settings/session`, { json: { ...policy, maxSessionsPerUser: 50 } })
  await client.send('POST', `${identity}/auth/token?dryrun=true`, {
    json: { name: user, password },
    token: undefined,
  })
  const [session] = await client.get(`${identity}/sessions`)
  await client.logIn(user, password)
  await client.send('DELETE', `${identity}/sessions/${session.id}`)
  await client.send('DELETE', `${identity}/sessions/none`)
  const adminCredentials = { name: 'late', password }
  await client.send('POST', `${identity}/setup`, { json: { adminCredentials }, token: undefined })
  await client.logIn(user, 'wrong')
}

async function visitSetup({ client, device }: Practice): Promise<void> {
  for (const path of [
    'createoptions',
    'setupinfo',
    'setups',
    'history',
    'tasks',
    'history/none',
    'tasks/none',
    'setups/none.zip',
  ]) {
    await client.send('GET', `${setup}/${path}`)
    await client.send('GET', `${setup}/${path}`, { token: undefined })
  }
  device.inject({ effect: 'task-state-null', task: 'create', polls: 2 })
  const first = await client.send('POST', `${setup}/create`, {
    json: { $content: 'none', packageManagement: { $content: 'files' } },
  })
  await client.send('POST', `${setup}/create`, { json: {} })
  await client.send('POST', `${setup}/create`, { json: { $format: 'x' } })
  await finishTask(client, first.headers.location)
  await client.send('GET', setup + first.headers.location!, { token: undefined })
  const { name } = await backUp(client, { $password: 'secret' })
  await client.send('GET', `${setup}/setups/${name}`, { headers: { range: 'bytes=0-9' } })
  await client.send('GET', `${setup}/setups/${name}`, { headers: { range: 'bytes=99999999-' } })
  const body = Buffer.from('PK')
  await client.send('PUT', `${setup}/setups/a.zip`, { body, headers: { 'content-type': 'application/zip' } })
  await client.send('GET', `${setup}/setups?path=/media/none`)
  await client.send('DELETE', `${setup}/setups/a.zip`)
  await client.send('DELETE', `${setup}/setups/a.zip`)
  await backUp(client, { $format: 'json' })
}

async function visitApply({ client }: Practice): Promise<void> {
  const { bytes } = await backUp(client)
  await client.send('POST', `${setup}/apply`, { form: { password: 'x' } })
  const sent = await sendSetup(client, bytes)
  await finishTask(client, sent.headers.location)
  await client.send('GET', `${setup}/history`)
  await client.send('GET', `${setup}/history/1`)
  await client.send('DELETE', `${setup}/history/1`)
  await client.send('DELETE', `${setup}/history/1`)
}

async function visitPackages({ client }: Practice): Promise<void> {
  for (const path of [
    'packages',
    'packages/snap_rexroth-plc',
    'packages/none',
    'tasks',
    'tasks/none',
    'settings',
    'information',
  ]) {
    await client.send('GET', `${packages}/${path}`)
    await client.send('GET', `${packages}/${path}`, { token: undefined })
  }
  await client.send('PUT', `${packages}/settings`, { json: { purgeVersions: false } })
  await client.send('POST', `${packages}/tasks`, { json: { action: 'remodel' } })
  const parameters = { id: 'snap_rexroth-firewall' }
  const task = await client.send('POST', `${packages}/tasks`, { json: { action: 'disable', parameters } })
  await until(async () =>
    (await client.get(`${packages}/tasks/${task.json().id}`)).state === 'done' ? true : undefined,
  )
  const file = { fileName: 'a.app', type: 'application/octet-stream', bytes: Buffer.from('nothing') }
  await client.send('POST', `${packages}/packages`, { form: { file } })
  await client.send('PUT', node, { json: { type: 'object', value: { state: 'SERVICE' } } })
  const upload = await client.send('POST', `${packages}/packages`, { form: { file, update: 'true' } })
  await until(async () =>
    (await client.get(packages + upload.headers.location!)).state === 'failed' ? true : undefined,
  )
  await client.send('GET', `${packages}/tasks`)
}

async function visitLegacy({ client }: Practice): Promise<void> {
  await client.send('GET', `${legacy}/backups`)
  await client.send('GET', `${legacy}/archives/none`)
  await client.send('GET', `${legacy}/tasks/none`)
  await client.send('POST', `${legacy}/backup`, { json: {} })
  const direct = await client.send('POST', `${legacy}/backup`, { json: { password: 'secret' } })
  if (direct.status !== 200) return
  const task = await client.send('POST', `${legacy}/backup`, { json: { password: 'secret', async: true } })
  const id = task.headers.location!.replace('/tasks/', '')
  await until(async () => ((await client.get(`${legacy}/tasks/${id}`)).state === 'done' ? true : undefined))
  await client.send('GET', `${legacy}/archives/${id}`)
  await client.send('GET', `${legacy}/tasks`)
  const archive = { fileName: 'a.tar', type: 'application/x-tar', bytes: direct.body }
  await client.send('POST', `${legacy}/restore`, { form: { archive, password: 'secret' } })
  await client.send('POST', `${legacy}/restore`, { form: { archive, password: 'wrong' } })
  await client.send('POST', `${legacy}/restore`, { form: { password: 'wrong' } })
}

async function visitState({ client }: Practice): Promise<void> {
  for (const path of [
    node,
    `${node}/switching`,
    `${node}/none`,
    '/automation/api/v2/nodes/framework/metrics/system/memused-percent',
  ]) {
    await client.send('GET', path)
    await client.send('GET', path, { token: undefined })
  }
  await client.send('PUT', node, { json: { type: 'object', value: { state: 'OPERATING' } } })
  await client.send('PUT', node, { json: { type: 'object', value: { state: 'DANCING' } } })
  await client.send('PUT', '/automation/api/v1/scheduler/admin/state', { json: { state: 'SETUP' } })
}

async function visitLogOut({ client }: Practice): Promise<void> {
  await client.logIn(user, password, 'v1')
  await client.logIn(user, 'wrong', 'v1')
  await client.send('DELETE', '/identity-manager/api/v1/auth/token')
  await client.send('DELETE', `${identity}/auth/token`)
  await client.send('DELETE', `${identity}/auth/token`, { token: undefined })
}

async function visitReboot({ client }: Practice): Promise<void> {
  const started = await client.send('POST', '/system/api/v1/tasks', { json: { action: 'reboot' } })
  const { id } = started.json()
  await client.send('GET', `/system/api/v1/tasks/${id}`)
  await client.send('GET', '/system/api/v1/tasks/none')
  await client.send('DELETE', `/system/api/v1/tasks/${id}`)
}
