import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { compose, type Ferrite } from '../../../src/main/compose.ts'
import { lensHandlers } from '../../../src/main/ipc/handlers/lens-handlers.ts'
import { startCtrlxCore } from '../../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import type { ArchiveId } from '../../../src/shared/model/record.ts'
import { fakeDraft } from '../fake-family.ts'
import { inlineParser } from '../inline-parser.ts'
import { newContext } from '../workbench.ts'

const credentials = { user: 'boschrexroth', password: 'Practice-1234' }
const { signal } = new AbortController()

async function storedSetup(): Promise<{ readonly ferrite: Ferrite; readonly archiveId: ArchiveId }> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-lens-'))
  onTestFinished(async () => rm(folder, { recursive: true, force: true }))
  const core = await startCtrlxCore({
    folder: join(folder, 'core'),
    name: 'PRESS-7',
    model: 'X7',
    profile: '4.6',
    credentials,
    stepMs: 2,
  })
  onTestFinished(async () => core.stop())
  const ferrite = await compose({
    home: join(folder, 'home'),
    logIncident: () => undefined,
    startParser: inlineParser(),
  })
  onTestFinished(async () => ferrite.close())
  const { name, address, fingerprint } = core
  const pin = { kind: 'tls', fingerprint, acceptedAt: new Date().toISOString(), compared: true } as const
  const { user } = credentials
  const device = await ferrite.inventory.add({ ...fakeDraft, family: 'ctrlx-core', name, address, user, pin })
  ferrite.credentials.giveForSession(device.id, { kind: 'password', ...credentials })
  const { id } = await ferrite.backUp({ device, password: 'Archive-1234' }, newContext())
  return { ferrite, archiveId: id }
}

test('the window gets the tables of a real archive without its secrets, and one secret when it asks', async () => {
  const { ferrite, archiveId } = await storedSetup()
  const { 'browse.lenses': lenses, 'browse.reveal': reveal } = lensHandlers(ferrite)
  const place = { archiveId, inside: [] }
  const made = await lenses({ place }, signal)
  expect(made.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'identity',
      'left-out',
      'apps',
      'users',
      'interfaces',
      'certificates',
      'plc-programs',
    ]),
  )
  expect(JSON.stringify(made)).not.toContain('scrypt:')
  const users = made.find(({ id }) => id === 'users')
  const column = users?.columns.findIndex(({ id }) => id === 'password') ?? -1
  expect(users?.rows[0]?.[column]).toEqual({ secret: true })
  expect(await reveal({ place, lens: 'users', row: 0, column }, signal)).toMatch(/^scrypt:/)
  await expect(reveal({ place, lens: 'users', row: 0, column: 0 }, signal)).rejects.toMatchObject({
    failure: { code: 'not-found' },
  })
})

test('an app file inside the archive shows the apps in it', async () => {
  const { ferrite, archiveId } = await storedSetup()
  const { 'browse.lenses': lenses } = lensHandlers(ferrite)
  const [apps] = (await lenses({ place: { archiveId, inside: [] } }, signal)).filter(
    ({ id }) => id === 'apps',
  )
  const file = apps?.columns.findIndex(({ id }) => id === 'file') ?? -1
  const path = apps?.rows.map((row) => row[file]).find((cell) => typeof cell === 'string')
  const [inside] = await lenses({ place: { archiveId, inside: [String(path)] } }, signal)
  expect(inside).toMatchObject({ id: 'apps', rows: [['rexroth-plc', expect.any(String), 'x64']] })
})
