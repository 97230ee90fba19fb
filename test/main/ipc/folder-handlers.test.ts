import { expect, test } from 'vitest'
import { Inventory } from '../../../src/main/devices/inventory.ts'
import { keepFolders } from '../../../src/main/devices/stated-answers.ts'
import { familyOf } from '../../../src/main/families/index.ts'
import { folderHandlers } from '../../../src/main/ipc/handlers/folder-handlers.ts'
import { newFolder } from '../fake-family.ts'

const { signal } = new AbortController()

async function newInventory(family: 'endpoint-protector' | 'ctrlx-core') {
  const inventory = new Inventory(await newFolder())
  const pin = {
    kind: 'tls',
    fingerprint: 'a'.repeat(64),
    acceptedAt: new Date().toISOString(),
    compared: true,
  } as const
  const draft = {
    name: 'EPP',
    family,
    address: 'https://10.0.0.2',
    user: '',
    tags: [],
    role: 'production',
  } as const
  const device = await inventory.add({
    ...draft,
    facts: family === 'ctrlx-core' ? {} : { version: '2604' },
    pin,
  })
  return { inventory, device }
}

test('the folder comes from the dialog and from nowhere else', async () => {
  const { inventory, device } = await newInventory('endpoint-protector')
  const choose = (folder: string | undefined) =>
    folderHandlers({ inventory, familyOf }, { chooseBackupFolder: () => Promise.resolve(folder) })
  expect(await choose(undefined)['devices.chooseFolder']({ id: device.id }, signal)).toBe(false)
  expect(await choose('/srv/epp')['devices.chooseFolder']({ id: device.id }, signal)).toBe(true)
  expect((await inventory.get(device.id)).facts).toEqual({ version: '2604', exportFolder: '/srv/epp' })
})

test('a family whose devices write to no folder is asked for none', async () => {
  const { inventory, device } = await newInventory('ctrlx-core')
  const dialogs = { chooseBackupFolder: () => Promise.reject(new Error('asked')) }
  expect(
    await folderHandlers({ inventory, familyOf }, dialogs)['devices.chooseFolder']({ id: device.id }, signal),
  ).toBe(false)
})

test('the window may keep or drop a chosen folder, never name another one', () => {
  const family = 'endpoint-protector'
  const known = { exportFolder: '/srv/epp', version: '2602' }
  expect(keepFolders(family, known, { version: '2604' })).toEqual({
    version: '2604',
    exportFolder: '/srv/epp',
  })
  expect(keepFolders(family, known, { ...known })).toEqual(known)
  expect(keepFolders(family, known, { version: '2604', exportFolder: '' })).toEqual({ version: '2604' })
  expect(() => keepFolders(family, known, { exportFolder: '/etc' })).toThrow('bad-input')
  expect(() => keepFolders(family, {}, { exportFolder: '/etc' })).toThrow('bad-input')
})
