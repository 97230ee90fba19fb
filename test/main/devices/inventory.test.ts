import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Inventory } from '../../../src/main/devices/inventory.ts'
import { CredentialBook, noSecretStore } from '../../../src/main/devices/credential-book.ts'
import { PinOffers } from '../../../src/main/devices/pin-offers.ts'
import { fakeDraft, newFolder, unusedDeviceId } from '../fake-family.ts'

test('devices are kept with their pins and listed by name', async () => {
  const folder = await newFolder()
  const inventory = new Inventory(folder)
  await inventory.add({ ...fakeDraft, name: 'PRESS-10' })
  await inventory.add({ ...fakeDraft, name: 'PRESS-9' })
  const again = await new Inventory(folder).list()
  expect(again.map(({ name, pin }) => [name, pin?.fingerprint])).toEqual([
    ['PRESS-9', 'SHA256:fake'],
    ['PRESS-10', 'SHA256:fake'],
  ])
})

test('two devices never have one name, whatever the case', async () => {
  const inventory = new Inventory(await newFolder())
  await inventory.add(fakeDraft)
  await expect(inventory.add({ ...fakeDraft, name: 'press-7' })).rejects.toThrow('name-taken')
  const other = await inventory.add({ ...fakeDraft, name: 'PRESS-8' })
  await expect(inventory.change(other.id, { name: 'PRESS-7' })).rejects.toThrow('name-taken')
  expect((await inventory.get(other.id)).name).toBe('PRESS-8')
})

test('a damaged inventory is an error and stays as it is', async () => {
  const folder = await newFolder()
  const file = join(folder, 'inventory.json')
  await new Inventory(folder).add(fakeDraft)
  const half = (await readFile(file, 'utf8')).slice(0, 60)
  await writeFile(file, half)
  await expect(new Inventory(folder).list()).rejects.toThrow('storage-damaged')
  await expect(new Inventory(folder).add({ ...fakeDraft, name: 'X' })).rejects.toThrow('storage-damaged')
  expect(await readFile(file, 'utf8')).toBe(half)
})

test('changes by two windows at once are both kept', async () => {
  const folder = await newFolder()
  const names = Array.from({ length: 12 }, (_, index) => `DEVICE-${String(index)}`)
  await Promise.all(names.map((name) => new Inventory(folder).add({ ...fakeDraft, name })))
  expect((await new Inventory(folder).list()).map(({ name }) => name)).toHaveLength(12)
})

test('without a safe keychain a password is kept for this session only', async () => {
  const inventory = new Inventory(await newFolder())
  const device = await inventory.add(fakeDraft)
  const book = new CredentialBook(noSecretStore)
  await expect(book.of(device)).rejects.toThrow('credentials-needed')
  expect(await book.givePassword(device, 'secret', true)).toBe(false)
  expect(book.stateOf(device.id)).toBe('for-this-session')
  expect(await book.of(device)).toEqual({ kind: 'password', user: 'engineer', password: 'secret' })
  expect(book.stateOf(unusedDeviceId)).toBe('none')
})

test('only a fingerprint that was really offered at this address can be accepted, and only once', async () => {
  const address = { protocol: 'ssh', host: '127.0.0.1', port: 2222 } as const
  const offers = new PinOffers(() =>
    Promise.resolve({ kind: 'ssh', fingerprint: 'SHA256:offered', detail: {} }),
  )
  const offer = await offers.take(address, undefined, new AbortController().signal)
  const accept = (id: string, place: string) => offers.accept(id, place, true, new Date())
  expect(() => accept('offer-000000000000', offer.address)).toThrow('not-found')
  expect(() => accept(offer.offerId, 'ssh://10.0.0.1')).toThrow('not-found')
  expect(accept(offer.offerId, offer.address)).toMatchObject({
    fingerprint: 'SHA256:offered',
    compared: true,
  })
  expect(() => accept(offer.offerId, offer.address)).toThrow('not-found')
})
