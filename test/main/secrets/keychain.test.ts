import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { makeFakeElectron } from '../app/fake-electron.ts'
import { newFolder, unusedDeviceId as id } from '../fake-family.ts'

const electron = vi.hoisted(() => ({ current: {} as ReturnType<typeof makeFakeElectron> }))
vi.mock(
  'electron',
  () => new Proxy({}, { get: (_, name) => Reflect.get(electron.current, name) as unknown, has: () => true }),
)

beforeEach(() => {
  electron.current = makeFakeElectron()
})

async function keychain(folder: string) {
  const { openKeychain } = await import('../../../src/main/secrets/keychain.ts')
  return await openKeychain(folder)
}

// H31, H32
test.runIf(process.platform === 'linux').each([
  ['basic_text', true],
  ['unknown', true],
  ['gnome_libsecret', false],
])('with the back end %s and encryption %s nothing is stored', async (backend, available) => {
  electron.current.safeStorage.getSelectedStorageBackend.mockReturnValue(backend)
  electron.current.safeStorage.isEncryptionAvailable.mockReturnValue(available)
  const folder = await newFolder()
  const store = await keychain(folder)
  expect((await store.state()).usable).toBe(false)
  await expect(store.put(id, 'canary')).rejects.toThrow('keychain-unavailable')
  await expect(readFile(join(folder, 'secrets.json'))).rejects.toThrow('ENOENT')
})

test('a password is at rest only as ciphertext, and back after a restart', async () => {
  electron.current.safeStorage.getSelectedStorageBackend.mockReturnValue('gnome_libsecret')
  const folder = await newFolder()
  await (await keychain(folder)).put(id, 'canary-5937')
  expect(await readFile(join(folder, 'secrets.json'), 'utf8')).not.toContain('canary-5937')
  const again = await keychain(folder)
  expect(again.has(id)).toBe(true)
  expect(await again.get(id)).toBe('canary-5937')
  await again.delete(id)
  expect(await (await keychain(folder)).get(id)).toBeUndefined()
})

test('a secret of another keychain is an error with a next step, not a wrong password', async () => {
  electron.current.safeStorage.getSelectedStorageBackend.mockReturnValue('kwallet6')
  const folder = await newFolder()
  const store = await keychain(folder)
  await store.put(id, 'x')
  electron.current.safeStorage.decryptString.mockImplementation(() => {
    throw new Error('Error while decrypting the ciphertext')
  })
  await expect(store.get(id)).rejects.toThrow('secret-unreadable')
  expect(store.has(id)).toBe(true)
})
