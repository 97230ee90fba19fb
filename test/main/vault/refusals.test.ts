import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Vault } from '../../../src/main/vault/vault.ts'
import { deviceIdSchema } from '../../../src/shared/model/device.ts'
import { longestKeptFact, type Refusal, type RefusalDraft } from '../../../src/shared/model/refused.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { deposit, hashTree, refusal, staging, stream, vaultcheck } from './support/samples.ts'

const { signal } = new AbortController()
const hostile = buildZip([{ name: '../evil.txt', content: 'evil' }])

async function newVault(): Promise<Vault> {
  return await Vault.open(join(await newFolder(), 'vault'), { createIfMissing: true })
}

async function refuse(
  vault: Vault,
  bytes: Uint8Array = hostile,
  { draft, fileName }: { readonly draft?: Partial<RefusalDraft>; readonly fileName?: string } = {},
): Promise<Refusal> {
  const staged = await vault.stage(staging(stream(bytes), fileName === undefined ? {} : { fileName }))
  return await vault.refusals.keep(staged, refusal(draft), { signal })
}

const contentOf = async (vault: Vault, { id }: Refusal): Promise<Buffer> =>
  readFileSync(await vault.refusals.contentPath(id))

describe('a refused file', () => {
  test('is kept bit for bit with all that is known of it, and is in no way an archive', async () => {
    const vault = await newVault()
    const kept = await refuse(vault)
    expect(await contentOf(vault, kept)).toEqual(hostile)
    expect(await vault.refusals.list()).toEqual({ refusals: [kept], damaged: [] })
    expect(kept).toMatchObject({ ...refusal(), fileName: 'backup.zip', sizeBytes: hostile.length })
    expect(await vault.list()).toEqual({ records: [], damaged: [] })
    await expect(vault.find(kept.id)).rejects.toMatchObject({ failure: { code: 'not-found' } })
    expect(readdirSync(join(vault.folder, 'refused', kept.id)).toSorted()).toEqual([
      'backup.zip',
      'refusal.json',
    ])
    expect(readdirSync(join(vault.folder, 'staging'))).toEqual([])
    expect(vaultcheck(vault.folder)).toEqual({
      archives: [],
      refused: [{ id: kept.id, sha256: kept.sha256, sizeBytes: hostile.length }],
      problems: [],
    })
  })

  test('belongs to its owner alone', async (context) => {
    if (process.platform === 'win32') context.skip('Windows keeps the rights of the folder above')
    const vault = await newVault()
    const kept = await refuse(vault)
    const folder = join(vault.folder, 'refused')
    const modes = [folder, join(folder, kept.id), join(folder, kept.id, 'refusal.json')].map(
      (place) => statSync(place).mode & 0o777,
    )
    expect(modes).toEqual([0o700, 0o700, 0o600])
  })

  test('that comes again from the same device is kept once', async () => {
    const vault = await newVault()
    const first = await refuse(vault)
    expect(await refuse(vault)).toEqual(first)
    const { device: _device, ...unknownSource } = refusal({ origin: 'import' })
    const staged = await vault.stage(staging(stream(hostile)))
    expect(await vault.refusals.keep(staged, unknownSource, { signal })).toEqual(first)
    expect(vaultcheck(vault.folder).refused).toHaveLength(1)
    expect(readdirSync(join(vault.folder, 'staging'))).toEqual([])
  })

  test('that comes from another device is kept for that one, too', async () => {
    const vault = await newVault()
    await refuse(vault, hostile, { draft: { device: { name: 'Press 7', address: '' } } })
    const id = deviceIdSchema.parse('dev-0123456789ab')
    await refuse(vault, hostile, { draft: { device: { id, name: 'Press 8', address: '' } } })
    expect((await vault.refusals.list()).refusals).toHaveLength(2)
  })

  test('is kept again where the copy that is there has rotted', async () => {
    const vault = await newVault()
    const rotten = await refuse(vault)
    const file = await vault.refusals.contentPath(rotten.id)
    const bytes = Buffer.from(hostile)
    bytes[3]! ^= 1
    writeFileSync(file, bytes)
    const whole = await refuse(vault)
    expect(whole.id).not.toBe(rotten.id)
    expect(await contentOf(vault, whole)).toEqual(hostile)
    expect(vaultcheck(vault.folder).problems.join()).toContain(rotten.id)
  })

  test('may be called as the file that describes it', async () => {
    const vault = await newVault()
    const kept = await refuse(vault, hostile, { fileName: 'Refusal.JSON' })
    expect(kept.fileName).toBe('_Refusal.JSON')
    expect(await contentOf(vault, kept)).toEqual(hostile)
  })

  test('whose failure is as long as a hostile name keeps the beginning of it', async () => {
    const vault = await newVault()
    const entry = `${'a'.repeat(longestKeptFact - 2)}😀${'b'.repeat(60_000)}`
    await refuse(vault, hostile, { draft: { failure: { code: 'archive-name', archive: 'x.zip', entry } } })
    const [kept] = (await vault.refusals.list()).refusals
    expect(kept?.failure).toEqual({
      code: 'archive-name',
      archive: 'x.zip',
      entry: `${'a'.repeat(longestKeptFact - 2)}…`,
    })
  })

  test('is copied out bit for bit, never over another file', async () => {
    const vault = await newVault()
    const { id } = await refuse(vault)
    const file = join(await newFolder(), 'copy.zip')
    await vault.refusals.exportTo(id, file, { signal })
    expect(readFileSync(file)).toEqual(hostile)
    await expect(vault.refusals.exportTo(id, file, { signal })).rejects.toMatchObject({
      failure: { code: 'target-exists' },
    })
  })

  test('is found by a unique start of its id', async () => {
    const vault = await newVault()
    const first = await refuse(vault)
    await refuse(vault, Buffer.from('other'))
    expect(await vault.refusals.find(first.id.toUpperCase())).toEqual(first)
    await expect(vault.refusals.find('2')).rejects.toMatchObject({
      failure: { code: 'ambiguous-id', matches: 2 },
    })
    for (const nothing of ['', '../archives', 'zzz'])
      await expect(vault.refusals.find(nothing)).rejects.toMatchObject({ failure: { code: 'not-found' } })
  })

  test('that was damaged is told and hides no other', async () => {
    const vault = await newVault()
    const [damaged, whole] = [await refuse(vault), await refuse(vault, Buffer.from('other'))]
    const file = join(vault.folder, 'refused', damaged.id, 'refusal.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('archive-path', 'archive-okay'))
    const { refusals, damaged: told } = await vault.refusals.list()
    expect(refusals).toEqual([whole])
    expect(told).toEqual([
      {
        folder: damaged.id,
        failure: { code: 'storage-damaged', file, reason: 'does not match its check line' },
      },
    ])
    expect(vaultcheck(vault.folder).problems).toEqual([`${file}: does not match its check line`])
  })

  test('moved among the archives is no archive', async () => {
    const vault = await newVault()
    const { id } = await refuse(vault)
    const archives = join(vault.folder, 'archives')
    renameSync(join(vault.folder, 'refused', id), join(archives, id))
    expect((await vault.list()).records).toEqual([])
    expect(vaultcheck(vault.folder).archives).toEqual([])
  })
})

describe('keeping', () => {
  test('tells who listens', async () => {
    const vault = await newVault()
    let told = 0
    const stop = vault.refusals.onChange(() => (told += 1))
    await refuse(vault)
    expect(told).toBe(1)
    stop()
    await refuse(vault, Buffer.from('other'))
    expect(told).toBe(1)
  })

  test('that fails leaves the file staged, and everything else as it was', async () => {
    const vault = await newVault()
    const place = join(vault.folder, 'refused')
    writeFileSync(place, 'in the way')
    const before = hashTree(vault.folder)
    const staged = await vault.stage(staging(stream(hostile)))
    await expect(vault.refusals.keep(staged, refusal(), { signal })).rejects.toMatchObject({
      failure: { code: 'file-unreadable', file: place },
    })
    expect(readFileSync(staged.path)).toEqual(hostile)
    expect(hashTree(vault.folder)).toMatchObject(before)
    rmSync(place)
    await vault.refusals.keep(staged, refusal(), { signal })
    expect(vaultcheck(vault.folder)).toMatchObject({ problems: [], refused: [{}] })
  })

  test('takes only what is staged, once', async () => {
    const vault = await newVault()
    const staged = await vault.stage(staging(stream(hostile)))
    await vault.refusals.keep(staged, refusal(), { signal })
    await expect(vault.refusals.keep(staged, refusal(), { signal })).rejects.toMatchObject({
      failure: { code: 'not-found' },
    })
  })
})

describe('a refused file that became an archive', () => {
  test('is given up once the archive holds the same bytes', async () => {
    const vault = await newVault()
    const { id } = await refuse(vault)
    const archive = await deposit(vault, hostile)
    await vault.refusals.release(id, archive)
    expect(vaultcheck(vault.folder)).toMatchObject({
      archives: [{ id: archive.id }],
      refused: [],
      problems: [],
    })
    expect(readdirSync(join(vault.folder, 'staging'))).toEqual([])
  })

  test('stays where the archive holds other bytes', async () => {
    const vault = await newVault()
    const { id } = await refuse(vault)
    const archive = await deposit(vault, 'other')
    await expect(vault.refusals.release(id, archive)).rejects.toMatchObject({
      failure: { code: 'archive-changed' },
    })
    expect((await vault.refusals.list()).refusals).toHaveLength(1)
  })
})
