import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createImportArchive } from '../../../src/main/backup/import-archive.ts'
import type { ArchiveReader } from '../../../src/main/families/archive-reader.ts'
import { traditional } from '../../corpus/zip-crypto.ts'
import { buildZip, type RawEntry } from '../../corpus/zip-bytes.ts'
import { FakeDevice, fakeFamily, fakeReader, newFolder } from '../fake-family.ts'
import { vaultcheck } from '../vault/support/samples.ts'
import { newContext, newUseCases, newWorkbench } from '../workbench.ts'

const longName = `${'a'.repeat(998)}😀${'b'.repeat(9000)}:`
const archiveWith = (...entries: readonly RawEntry[]): Buffer =>
  buildZip([{ name: 'state.txt', content: 'first state' }, ...entries])

const kinds = [
  ['everything can be used', archiveWith(), { verdict: 'ok' }],
  [
    'names are not safe on every system',
    archiveWith({ name: 'log/a:b.txt', content: 'x' }, { name: 'log/CON', content: 'x' }),
    { verdict: 'view', reasons: [{ restriction: 'unsafe-name', entries: 2, example: 'log/a:b.txt' }] },
  ],
  [
    'an entry is encrypted',
    archiveWith(traditional('secret.txt', Buffer.from('hidden'), 'no secret')),
    { verdict: 'view', reasons: [{ restriction: 'encrypted', entries: 1, example: 'secret.txt' }] },
  ],
  [
    'a name is longer than a record needs it',
    archiveWith({ name: longName, content: 'x' }),
    {
      verdict: 'view',
      reasons: [{ restriction: 'unsafe-name', entries: 1, example: `${'a'.repeat(998)}…` }],
    },
  ],
] as const

async function newImport(bytes: Uint8Array) {
  const file = join(await newFolder(), 'stick.zip')
  writeFileSync(file, bytes)
  return file
}

describe('the record of an archive in which', () => {
  test.for(kinds)('%s says so after a backup and after an import', async ([, bytes, verdict]) => {
    const bench = await newWorkbench()
    const importArchive = createImportArchive({ ...bench, families: [fakeFamily(bench.device)] })
    bench.device.file = bytes
    const backedUp = await bench.backUp({ device: bench.added }, newContext())
    const imported = await importArchive({ file: await newImport(bytes) }, newContext())
    expect([backedUp.verdict, imported.verdict]).toEqual([verdict, verdict])
    const stored = await bench.vault.list()
    expect(stored.records.map((record) => record.verdict)).toEqual([verdict, verdict])
    expect(vaultcheck(bench.vault.folder)).toMatchObject({ problems: [] })
  })
})

test('a file that only its maker reads has no verdict: nobody looked into it', async () => {
  const family = { ...fakeFamily(new FakeDevice()), opaque: true as const }
  const any: ArchiveReader = { ...fakeReader, recognises: () => true }
  const bench = await newUseCases(() => family, { readerOf: () => any })
  const importArchive = createImportArchive({ ...bench, families: [family] })
  const file = await newImport(Buffer.from('only its maker knows'))
  const record = await importArchive({ file, family: 'linux-host' }, newContext())
  expect(record).toMatchObject({ container: 'opaque', proof: 'L1' })
  expect(record).not.toHaveProperty('verdict')
  const text = readFileSync(join(bench.vault.folder, 'archives', record.id, 'record.json'), 'utf8')
  expect(text).not.toContain('verdict')
})
