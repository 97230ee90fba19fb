import { expect, test } from 'vitest'
import type { Removal, RestoreOptions } from '../../src/shared/model/restore.ts'
import { restoreOptionsSchema } from '../../src/shared/model/restore.ts'
import { backUp, quiet, startPeer, type Peer, type Stored } from './ctrlx.ts'
import { restore } from './restoring.ts'

async function removals(
  peer: Peer,
  { archive }: Stored,
  mode: RestoreOptions['mode'],
): Promise<readonly Removal[] | undefined> {
  await using session = await peer.connect()
  return await session.findRemovals!({
    archive,
    options: restoreOptionsSchema.parse({ mode }),
    signal: quiet,
  })
}

async function grown(
  profile: '4.6' | '1.20' = '4.6',
): Promise<{ readonly peer: Peer; readonly stored: Stored }> {
  const peer = await startPeer({ profile })
  const stored = await backUp(peer)
  peer.device.edit(({ apps, users, settings }) => ({
    apps: [...apps, { ...apps.find(({ name }) => name === 'rexroth-plc')!, name: 'customer-app' }],
    users: [...users, { ...users[0]!, id: '1077', name: 'operator' }],
    settings: {
      ...settings,
      hosts: [...(settings.hosts as object[]), { address: '10.0.0.9', hostname: 'new-drive' }],
    },
  }))
  return { peer, stored }
}

test('a replace names what is on the device and not in the archive', async () => {
  const { peer, stored } = await grown()
  const found = await removals(peer, stored, 'replace')
  expect(found).toEqual(
    expect.arrayContaining([
      { kind: 'app', what: 'customer-app' },
      { kind: 'user', what: 'operator' },
      { kind: 'host', what: '10.0.0.9 new-drive' },
    ]),
  )
  // A disabled app is in no backup, so a replace takes it away as well.
  expect(found).toContainEqual({ kind: 'app', what: 'rexroth-opcua-server' })
  expect(found?.filter(({ kind }) => kind !== 'app' && kind !== 'user' && kind !== 'host')).toEqual([])
})

test('what a replace was said to take away is gone afterwards, and nothing else', async () => {
  const { peer, stored } = await grown()
  const said = (await removals(peer, stored, 'replace')) ?? []
  const before = peer.device.content()
  await restore(peer, stored, { mode: 'replace' })
  const after = peer.device.content()
  const gone = (kind: string): readonly string[] =>
    said.filter((each) => each.kind === kind).map(({ what }) => what)
  const names = before.apps.map(({ name }) => name)
  const left = after.apps.map(({ name }) => name)
  expect(names.filter((name) => !left.includes(name)).toSorted()).toEqual(gone('app').toSorted())
  expect(before.users.filter((name) => !after.users.includes(name))).toEqual(gone('user'))
})

test('a merge takes nothing away', async () => {
  const { peer, stored } = await grown()
  expect(await removals(peer, stored, 'merge')).toEqual([])
})

test('a device that does not tell its settings is not guessed at', async () => {
  const { peer, stored } = await grown('1.20')
  expect(await removals(peer, stored, 'replace')).toBeUndefined()
})
