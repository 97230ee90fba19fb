import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Catalog } from '../../../src/main/catalog/catalog.ts'
import type { VaultListing } from '../../../src/main/vault/listing.ts'
import { Vault } from '../../../src/main/vault/vault.ts'
import { deviceIdSchema } from '../../../src/shared/model/device.ts'
import { failureOf } from '../storage/support/failure-of.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { deposit, draft } from '../vault/support/samples.ts'

const newVault = async () => await Vault.open(join(await newFolder(), 'vault'), { createIfMissing: true })
const press = { id: deviceIdSchema.parse('dev-aaaaaaaaaaaa'), name: 'Press', address: 'https://1.2.3.4' }
const robot = { id: deviceIdSchema.parse('dev-bbbbbbbbbbbb'), name: 'Robot', address: 'https://1.2.3.5' }

describe('the catalog', () => {
  test('is rebuilt from the vault, the newest first, by device and by id', async () => {
    const vault = await newVault()
    const first = await deposit(vault, '1', { device: press, takenAt: '2026-01-01T00:00:00Z' })
    const second = await deposit(vault, '2', { device: robot, takenAt: '2026-01-02T00:00:00Z' })
    const third = await deposit(vault, '3', { device: press, takenAt: '2026-01-03T00:00:00Z' })
    const catalog = new Catalog(vault)
    expect(catalog.all()).toEqual([])
    await catalog.refresh()
    expect(catalog.all()).toEqual([third, second, first])
    expect(catalog.ofDevice(press.id)).toEqual([third, first])
    expect(catalog.get(second.id)).toEqual(second)
    expect(catalog.damaged()).toEqual([])
  })

  test('takes in what was committed, in its place, once', async () => {
    const vault = await newVault()
    const newer = await deposit(vault, '1', { takenAt: '2026-01-02T00:00:00Z' })
    const catalog = new Catalog(vault)
    await catalog.refresh()
    const older = await deposit(vault, '2', { takenAt: '2026-01-01T00:00:00Z' })
    catalog.add(older)
    catalog.add(older)
    expect(catalog.all()).toEqual([newer, older])
    await catalog.refresh()
    expect(catalog.all()).toEqual([newer, older])
  })

  test('does not lose what is committed while it reads', async () => {
    const vault = await newVault()
    const whole = await deposit(vault, '1')
    const late = {
      ...whole,
      ...draft({ takenAt: '2027-01-01T00:00:00Z' }),
      id: (await deposit(vault, '2')).id,
    }
    let letGo: (listing: VaultListing) => void = () => undefined
    const list = async () => await new Promise<VaultListing>((resolve) => (letGo = resolve))
    const catalog = new Catalog({ list })
    const refreshing = catalog.refresh()
    catalog.add(late)
    letGo({ records: [whole], damaged: [] })
    await refreshing
    expect(catalog.all()).toEqual([late, whole])
  })

  test('shows what is gone as gone and what is damaged as damaged after the next reading', async () => {
    const vault = await newVault()
    const gone = await deposit(vault, '1')
    const damaged = await deposit(vault, '2')
    const catalog = new Catalog(vault)
    await catalog.refresh()
    await rm(join(vault.folder, 'archives', gone.id), { recursive: true })
    await rm(join(vault.folder, 'archives', damaged.id, 'record.json'))
    let changes = 0
    const stop = catalog.onChange(() => (changes += 1))
    await catalog.refresh()
    stop()
    await catalog.refresh()
    expect(changes).toBe(1)
    expect(catalog.all()).toEqual([])
    expect(catalog.damaged().map(({ folder }) => folder)).toEqual([damaged.id])
    expect(await failureOf(Promise.resolve().then(() => catalog.get(gone.id)))).toEqual({
      code: 'not-found',
      kind: 'archive',
      id: gone.id,
    })
  })

  test('tells of a reading that found something new, and of no other', async () => {
    const vault = await newVault()
    const catalog = new Catalog(vault)
    let changes = 0
    catalog.onChange(() => (changes += 1))
    await catalog.refresh()
    expect(changes).toBe(0)
    await deposit(vault, '1')
    await catalog.refresh()
    await catalog.refresh()
    expect(changes).toBe(1)
  })

  test('keeps its list where the vault cannot be read', async () => {
    const vault = await newVault()
    const record = await deposit(vault, '1')
    const catalog = new Catalog(vault)
    await catalog.refresh()
    await rm(vault.folder, { recursive: true })
    expect(await failureOf(catalog.refresh())).toMatchObject({ code: 'vault-gone' })
    expect(catalog.all()).toEqual([record])
  })
})
