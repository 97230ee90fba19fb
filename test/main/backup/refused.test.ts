import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createBackUp } from '../../../src/main/backup/back-up.ts'
import { createCheckRefused } from '../../../src/main/backup/check-refused.ts'
import { createImportArchive } from '../../../src/main/backup/import-archive.ts'
import { isRefusal } from '../../../src/main/backup/keep-refused.ts'
import type { ArchiveReader } from '../../../src/main/families/archive-reader.ts'
import { FailureError } from '../../../src/shared/failure.ts'
import type { Refusal } from '../../../src/shared/model/refused.ts'
import { restoreOptionsSchema } from '../../../src/shared/model/restore.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { FakeDevice, fakeDraft, fakeFamily, fakeReader, newFolder, zipOf } from '../fake-family.ts'
import { vaultcheck } from '../vault/support/samples.ts'
import { newContext, newUseCases, newWorkbench } from '../workbench.ts'

const withSafetyBackup = restoreOptionsSchema.parse({})
const hostile = buildZip([{ name: '../evil.txt', content: 'evil' }])
const foreign = buildZip([{ name: 'holiday.jpg', content: 'sand' }])
const photo = Buffer.from('\xff\xd8\xff\xe0 sand', 'latin1')

async function newBench() {
  const bench = await newWorkbench()
  const needs = { ...bench, families: [fakeFamily(bench.device)] }
  const importArchive = createImportArchive(needs)
  return {
    ...bench,
    importArchive,
    checkRefused: createCheckRefused(needs),
    importBytes: async (bytes: Uint8Array, options: object = {}) => {
      const file = join(await newFolder(), 'stick.zip')
      writeFileSync(file, bytes)
      return await importArchive({ file, ...options }, newContext())
    },
  }
}
type Bench = Awaited<ReturnType<typeof newBench>>

const refusalsOf = async ({ vault }: Bench): Promise<readonly Refusal[]> =>
  (await vault.refusals.list()).refusals

async function onlyRefusal(bench: Bench): Promise<{ refusal: Refusal; bytes: Buffer }> {
  const [refusal] = await refusalsOf(bench)
  expect(await refusalsOf(bench)).toHaveLength(1)
  return { refusal: refusal!, bytes: readFileSync(await bench.vault.refusals.contentPath(refusal!.id)) }
}

function expectClean({ vault }: Bench, whole: { archives: number; refused: number }): void {
  const { archives, refused, problems } = vaultcheck(vault.folder)
  expect({ archives: archives.length, refused: refused.length, problems }).toEqual({
    ...whole,
    problems: [],
  })
  expect(readdirSync(join(vault.folder, 'staging'))).toEqual([])
}

describe('a backup whose file is refused', () => {
  test.for([
    ['harmful', hostile, 'archive-path'],
    ['cut off', hostile.subarray(0, hostile.length - 30), 'archive-truncated'],
    ['an archive of something else', foreign, 'archive-foreign'],
    ['no archive at all', photo, 'archive-not-recognised'],
  ] as const)('because it is %s fails, and its bytes are kept', async ([, bytes, code]) => {
    const bench = await newBench()
    bench.device.file = bytes
    await expect(bench.backUp({ device: bench.added, note: 'why' }, newContext())).rejects.toMatchObject({
      failure: { code },
    })
    const kept = await onlyRefusal(bench)
    expect(kept.bytes).toEqual(Buffer.from(bytes))
    expect(kept.refusal).toMatchObject({
      origin: 'backup',
      family: 'linux-host',
      device: { id: bench.added.id, name: 'PRESS-7' },
      source: { serial: { value: 'S-1', provenance: 'probed' } },
      pinFingerprint: 'SHA256:fake',
      note: 'why',
      failure: { code },
    })
    expect(await bench.activity.list({ limit: 9 })).toMatchObject([
      {
        action: 'archive-refused',
        subject: 'PRESS-7',
        facts: { refused: kept.refusal.id, sha256: kept.refusal.sha256, code },
      },
    ])
    expect(bench.catalog.all()).toEqual([])
    expectClean(bench, { archives: 0, refused: 1 })
  })

  test('by a mistake of the reader itself is kept as well', async () => {
    const device = new FakeDevice()
    const broken: ArchiveReader = {
      ...fakeReader,
      readArchive: () => {
        throw new TypeError('a mistake of ours')
      },
    }
    const bench = await newUseCases(() => fakeFamily(device), { readerOf: () => broken })
    const added = await bench.inventory.add(fakeDraft)
    bench.credentials.giveForSession(added.id, { kind: 'password', user: 'engineer', password: 'no secret' })
    await expect(bench.backUp({ device: added }, newContext())).rejects.toThrow('a mistake of ours')
    const { refusals } = await bench.vault.refusals.list()
    expect(refusals).toMatchObject([{ origin: 'backup', failure: { code: 'parser-died', reason: 'fault' } }])
    expect((await bench.vault.list()).records).toEqual([])
  })

  test('again and again is kept once', async () => {
    const bench = await newBench()
    bench.device.file = hostile
    for (let night = 0; night < 3; night += 1)
      await expect(bench.backUp({ device: bench.added }, newContext())).rejects.toThrow('archive-path')
    expectClean(bench, { archives: 0, refused: 1 })
  })

  test('while the person cancels leaves nothing', async () => {
    const bench = await newBench()
    bench.device.file = hostile
    const controller = new AbortController()
    const context = {
      ...newContext(controller),
      report: ({ phase }: { phase: string }) => {
        if (phase === 'opening') controller.abort(new FailureError({ code: 'cancelled', phase }))
      },
    }
    await expect(bench.backUp({ device: bench.added }, context)).rejects.toMatchObject({
      failure: { code: 'cancelled' },
    })
    expectClean(bench, { archives: 0, refused: 0 })
  })

  test('and cannot be kept is told as that, and leaves nothing half-made', async () => {
    const bench = await newBench()
    bench.device.file = hostile
    writeFileSync(join(bench.vault.folder, 'refused'), 'in the way')
    await expect(bench.backUp({ device: bench.added }, newContext())).rejects.toMatchObject({
      failure: { code: 'file-unreadable' },
    })
    expect(readdirSync(join(bench.vault.folder, 'staging'))).toEqual([])
  })
})

test('a refused safety backup is kept, and the restore does not begin', async () => {
  const bench = await newBench()
  const record = await bench.backUp({ device: bench.added }, newContext())
  const { signal } = new AbortController()
  const plan = await bench.planRestore(record.id, bench.added, withSafetyBackup, signal)
  bench.device.file = hostile
  await expect(bench.restore(plan, undefined, newContext())).rejects.toMatchObject({
    failure: { code: 'safety-backup-failed', reason: 'archive-path' },
  })
  expect(bench.device.calls).not.toContain('commit')
  const { refusal, bytes } = await onlyRefusal(bench)
  expect(refusal.origin).toBe('safety')
  expect(bytes).toEqual(hostile)
})

describe('an import that is refused', () => {
  test('because it is harmful is kept, and the file it came from is untouched', async () => {
    const bench = await newBench()
    await expect(bench.importBytes(hostile)).rejects.toThrow('archive-path')
    const { refusal, bytes } = await onlyRefusal(bench)
    expect(bytes).toEqual(hostile)
    expect(refusal).toMatchObject({ origin: 'import', fileName: 'stick.zip' })
    expect(refusal).not.toHaveProperty('device')
    expect(await bench.activity.list({ limit: 9 })).toMatchObject([
      { action: 'archive-refused', subject: 'stick.zip' },
    ])
  })

  test('because nobody knows it is not kept: a photo by mistake does not fill the vault', async () => {
    const bench = await newBench()
    await expect(bench.importBytes(photo)).rejects.toThrow('archive-not-recognised')
    await expect(bench.importBytes(foreign)).rejects.toThrow('archive-foreign')
    expectClean(bench, { archives: 0, refused: 0 })
  })

  test('as what a person says it is, is kept', async () => {
    const bench = await newBench()
    await expect(bench.importBytes(photo, { family: 'linux-host' })).rejects.toThrow('archive-not-recognised')
    await expect(bench.importBytes(foreign, { device: bench.added })).rejects.toThrow('archive-foreign')
    expectClean(bench, { archives: 0, refused: 2 })
  })

  test('before a byte came leaves nothing', async () => {
    const bench = await newBench()
    const folder = join(await newFolder(), 'folder.zip')
    mkdirSync(folder)
    await expect(bench.importArchive({ file: folder }, newContext())).rejects.toThrow('file-unreadable')
    expectClean(bench, { archives: 0, refused: 0 })
  })
})

describe('a refused file that is read again', () => {
  /** A sound file among the refused, as an older reader would have left it. */
  async function refusedByAnOlderReader(bench: Bench): Promise<{ refusal: Refusal; bytes: Buffer }> {
    const bytes = await zipOf('first state')
    bench.device.file = bytes
    const failure = { code: 'archive-structure', archive: 'state.zip', detail: 'too new' } as const
    const backUp = createBackUp({
      ...bench,
      familyOf: () => fakeFamily(bench.device),
      toFailure: () => failure,
      openFile: () => Promise.reject(new FailureError(failure)),
    })
    await expect(backUp({ device: bench.added }, newContext())).rejects.toThrow('archive-structure')
    return { refusal: (await onlyRefusal(bench)).refusal, bytes }
  }

  test('and opens now becomes the archive it would have been, and is refused no more', async () => {
    const bench = await newBench()
    const { refusal, bytes } = await refusedByAnOlderReader(bench)
    const record = await bench.checkRefused(refusal, newContext())
    expect(record).toMatchObject({
      origin: 'backup',
      family: 'linux-host',
      proof: 'L2',
      takenAt: refusal.takenAt,
      device: refusal.device,
      source: { serial: { value: 'S-1' } },
      pinFingerprint: 'SHA256:fake',
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    expect(bench.catalog.all()).toEqual([record])
    expect(await bench.activity.list({ limit: 1 })).toMatchObject([
      { action: 'refusal-opened', facts: { archive: record.id, refused: refusal.id } },
    ])
    expectClean(bench, { archives: 1, refused: 0 })
  })

  test('and is refused again stays as it is', async () => {
    const bench = await newBench()
    await expect(bench.importBytes(hostile)).rejects.toThrow('archive-path')
    const { refusal, bytes } = await onlyRefusal(bench)
    await expect(bench.checkRefused(refusal, newContext())).rejects.toThrow('archive-path')
    expect(await onlyRefusal(bench)).toEqual({ refusal, bytes })
    expectClean(bench, { archives: 0, refused: 1 })
  })

  test('after a crash that left the archive as well makes no second one', async () => {
    const bench = await newBench()
    const { refusal } = await refusedByAnOlderReader(bench)
    const stored = await bench.backUp({ device: bench.added }, newContext())
    expect(await bench.checkRefused(refusal, newContext())).toEqual(stored)
    expectClean(bench, { archives: 1, refused: 0 })
  })

  test('and has rotted meanwhile becomes no archive', async () => {
    const bench = await newBench()
    const { refusal, bytes } = await refusedByAnOlderReader(bench)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(await bench.vault.refusals.contentPath(refusal.id), bytes)
    await expect(bench.checkRefused(refusal, newContext())).rejects.toMatchObject({
      failure: { code: 'archive-changed' },
    })
    expect((await bench.vault.list()).records).toEqual([])
    expect(await refusalsOf(bench)).toHaveLength(1)
  })
})

test('failures of the line, the disk and the person are no refusals', () => {
  for (const code of ['cancelled', 'disk-full', 'file-unreadable', 'length-mismatch', 'vault-gone'] as const)
    expect(isRefusal(code, true)).toBe(false)
})
