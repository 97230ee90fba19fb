import { cp } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { createCompareLive } from '../../src/main/browsing/compare-live.ts'
import { Browser } from '../../src/main/browsing/browse.ts'
import type { LiveComparison } from '../../src/shared/model/comparison.ts'
import { inlinePool } from '../main/inline-parser.ts'
import { backUp, password, quiet, startPeer, temporaryFolder, type Peer, type Stored } from './ctrlx.ts'

/** The use case over a real session and a real archive. */
async function compared(peer: Peer, stored: Stored): Promise<LiveComparison> {
  const pool = inlinePool()
  const read = () => Promise.resolve(stored.record)
  const browser = new Browser({
    read,
    open: async ({ fileName }, options) =>
      await pool.open({ ...options, file: stored.file, name: fileName, lane: 'front' }),
  })
  const compareLive = createCompareLive({ browser, read, connect: async () => await peer.connect() })
  return await compareLive(stored.record.id, peer.inventory, quiet)
}

/** What is left when noise is passed over. */
function real({ meaning }: LiveComparison): readonly string[] {
  return meaning.changes
    .filter(({ noise }) => noise === undefined)
    .map(({ change, path, before, after }) => [change, path, before ?? '-', after ?? '-'].join(' '))
}

describe('an archive compared with the device as it is now', () => {
  test.each([undefined, 'a-backup-password'])(
    'finds nothing but noise right after the backup (password: %s)',
    async (backupPassword) => {
      const peer = await startPeer()
      const stored = await backUp(peer, backupPassword === undefined ? {} : { password: backupPassword })
      const comparison = await compared(peer, stored)
      expect(real(comparison)).toEqual([])
      expect(comparison.meaning.noise).toBe(comparison.meaning.total)
      expect(comparison.meaning.total).toBeGreaterThan(0)
      expect(Date.now() - Date.parse(comparison.readAt)).toBeLessThan(60_000)
    },
  )

  test('names what was changed on the device since, by its place in the settings', async () => {
    const peer = await startPeer()
    const stored = await backUp(peer, { password: 'a-backup-password' })
    peer.device.edit(({ apps, users, settings }) => ({
      hostname: 'renamed',
      apps: apps.map((app) => (app.name === 'rexroth-plc' ? { ...app, version: '9.9.9' } : app)),
      users: [...users, { ...users[0]!, id: '1077', name: 'operator' }],
      settings: {
        ...settings,
        hosts: [...(settings.hosts as object[]), { address: '10.0.0.9', hostname: 'new-drive' }],
      },
    }))
    const found = real(await compared(peer, stored))
    expect(found).toContainEqual(expect.stringMatching(/^changed system\.hostname ".*" "renamed"$/))
    expect(found).toContainEqual(
      expect.stringMatching(
        /^changed packageManagement\.installedApps\.rexroth-plc\.version ".*" "9\.9\.9"$/,
      ),
    )
    expect(found.filter((line) => line.startsWith('added hosts[new-drive]'))).toHaveLength(1)
    expect(found.filter((line) => line.startsWith('added identityManagement.users.operator'))).toHaveLength(1)
    expect(found).toHaveLength(4)
  })

  test('sends nothing that changes the device, and no secret comes back', async () => {
    const peer = await startPeer()
    const stored = await backUp(peer, { password: 'a-backup-password' })
    const before = peer.exchanges.length
    const comparison = await compared(peer, stored)
    const sent = peer.exchanges.slice(before).map(({ method, path }) => `${method} ${path}`)
    const login = '/identity-manager/api/v2/auth/token'
    expect(sent.filter((line) => !line.startsWith('GET '))).toEqual([`POST ${login}`, `DELETE ${login}`])
    expect(sent).toContain('GET /setup/api/v1/setupinfo')
    expect(JSON.stringify(comparison)).not.toContain(password)
    expect(JSON.stringify(comparison)).not.toContain('scrypt:')
  })

  test.each(['1.20', '1.12'] as const)(
    'a device of the release %s does not tell its settings',
    async (profile) => {
      const peer = await startPeer({ profile })
      const stored = await backUp(peer, { password: 'a-backup-password' })
      await expect(compared(peer, stored)).rejects.toMatchObject({
        failure: { code: 'not-comparable', side: 'device' },
      })
    },
  )

  test('a legacy archive has no settings to compare, whatever the device tells', async () => {
    const old = await startPeer({ profile: '1.12' })
    const stored = await backUp(old, { password: 'a-backup-password' })
    const file = `${await temporaryFolder()}/copy`
    await cp(stored.file, file)
    const peer = await startPeer()
    await expect(compared(peer, { ...stored, file })).rejects.toMatchObject({
      failure: { code: 'not-comparable', side: 'archive' },
    })
  })
})
