import { deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  searchArchive,
  type FoundFile,
  type SearchTotals,
  type SkippedPart,
} from '../../../src/main/archives/search-contents.ts'
import { Random } from '../../corpus/random.ts'
import { buildTar } from '../../corpus/tar-bytes.ts'
import { buildZip, type RawEntry } from '../../corpus/zip-bytes.ts'
import { failureOf } from './outcomes.ts'

interface Outcome extends SearchTotals {
  readonly found: readonly FoundFile[]
  readonly skipped: readonly SkippedPart[]
}

async function search(
  bytes: Buffer,
  text: string,
  options: Partial<Parameters<typeof searchArchive>[2]> & { readonly in?: 'names' | 'contents' } = {},
): Promise<Outcome> {
  const found: FoundFile[] = []
  const skipped: SkippedPart[] = []
  const { in: where = 'contents', ...others } = options
  const totals = await searchArchive(
    bytes,
    { text, matchCase: false, in: where },
    {
      name: 'plant.zip',
      signal: new AbortController().signal,
      onHit: (hit) => found.push(hit),
      onSkipped: (part) => skipped.push(part),
      ...others,
    },
  )
  return { ...totals, found, skipped }
}

const places = ({ found }: Outcome): readonly string[] =>
  found.map(({ inside, path }) => [...inside, path].join(' > '))

const setpoint: RawEntry = { name: 'etc/motor.ini', content: 'speed=10\nsetpoint=42\n' }

describe('looking through the contents of an archive', () => {
  test('finds a text in every kind of container, stored or packed', async () => {
    const tar = buildTar(
      { name: 'etc/motor.ini', content: 'speed=10\nsetpoint=42\n' },
      { name: 'b', content: 'x' },
    )
    const zip = buildZip([setpoint, { name: 'b', content: 'SetPoint', method: 0 }])
    for (const bytes of [tar, gzipSync(tar), zip]) {
      const outcome = await search(bytes, 'setpoint')
      expect(outcome.found[0]).toMatchObject({
        inside: [],
        path: 'etc/motor.ini',
        sizeBytes: 21,
        content: { matches: 1, line: 2, before: '', match: 'setpoint', after: '=42' },
      })
      expect(outcome.skipped).toEqual([])
    }
    expect(places(await search(zip, 'setpoint'))).toEqual(['etc/motor.ini', 'b'])
    expect((await search(zip, 'setpoint')).bytes).toBe(29)
  })

  test('finds what lies across the pieces of a large file', async () => {
    const content = Buffer.alloc(600_000, 'filling ')
    for (const at of [65_533, 131_070, 262_140, 524_285]) content.write('needle', at)
    for (const method of [0, 8]) {
      const outcome = await search(buildZip([{ name: 'large', content, method }]), 'needle')
      expect(outcome.found[0]?.content).toMatchObject({ matches: 4, line: 1 })
    }
    const packed = await search(gzipSync(buildTar({ name: 'large', content })), 'NEEDLE')
    expect(packed.found[0]?.content).toMatchObject({ matches: 4, line: 1 })
  })

  test('goes into archives inside archives, three deep and no deeper', async () => {
    const innermost = buildZip([setpoint])
    const third = buildTar(
      { name: 'fourth.zip', content: innermost },
      { name: 'setpoint', content: 'setpoint' },
    )
    const second = buildZip([{ name: 'third.bin', content: third }])
    const first = gzipSync(buildTar({ name: 'second.zip', content: second }))
    const outcome = await search(buildZip([{ name: 'first.tgz', content: first }]), 'setpoint')
    expect(places(outcome)).toEqual(['first.tgz > second.zip > third.bin > setpoint'])
    expect(outcome.skipped).toMatchObject([
      {
        inside: ['first.tgz', 'second.zip', 'third.bin', 'fourth.zip'],
        failure: { code: 'archive-nested-too-deep', entry: 'fourth.zip' },
      },
    ])
  })

  test('looks into single files in gzip', async () => {
    const log = gzipSync('boot\nsetpoint reached\n')
    const outcome = await search(buildZip([{ name: 'syslog.1.gz', content: log }]), 'setpoint')
    expect(outcome.found).toMatchObject([
      {
        path: 'syslog.1.gz',
        sizeBytes: log.length,
        content: { line: 2, match: 'setpoint', after: ' reached' },
      },
    ])
  })

  test('what cannot be read is named, and the rest is searched', async () => {
    const damaged = Buffer.from(buildZip([setpoint]))
    damaged.fill(0x55, damaged.length - 10)
    const outcome = await search(
      buildZip([
        { name: 'a.zip', content: damaged },
        { name: 'bad', content: 'setpoint', method: 0, local: { crc32: 1 }, central: { crc32: 1 } },
        { name: 'cut.gz', content: gzipSync('setpoint'.repeat(10)).subarray(0, 20) },
        { name: 'exotic', content: 'setpoint', method: 93 },
        { name: 'secret', content: 'x'.repeat(40), flags: 1, method: 0 },
        { name: 'good', content: 'setpoint' },
      ]),
      'setpoint',
    )
    expect(places(outcome)).toEqual(['good'])
    expect(outcome.skipped.map(({ inside, failure }) => [inside.join('/'), failure.code])).toEqual([
      ['a.zip', expect.stringMatching(/^archive-/)],
      ['', 'archive-crc'],
      ['', 'archive-truncated'],
      ['', 'archive-method'],
      ['', 'archive-password'],
    ])
  })

  test('an archive inside that would take too much memory is named', async () => {
    const { MemoryBudget } = await import('../../../src/main/archives/memory-budget.ts')
    const inner = buildZip([{ name: 'x', content: Buffer.alloc(5000, 'setpoint') }, setpoint])
    const bytes = buildZip([{ name: 'inner.zip', content: inner }])
    const outcome = await search(bytes, 'setpoint', { memory: new MemoryBudget(100) })
    expect(outcome.found).toEqual([])
    expect(outcome.skipped).toMatchObject([
      { inside: ['inner.zip'], failure: { code: 'archive-nested-too-large' } },
    ])
  })

  test('ends with as many hits as were asked for', async () => {
    const bytes = buildZip(
      Array.from({ length: 20 }, (_, index) => ({ name: `f${index}`, content: 'setpoint' })),
    )
    const outcome = await search(bytes, 'setpoint', { atMost: 7 })
    expect(outcome).toMatchObject({ hits: 7, isCapped: true })
    expect(await search(bytes, 'setpoint')).toMatchObject({ hits: 20, isCapped: false })
  })

  test('the parts of a search find together what the whole one finds', async () => {
    const bytes = buildZip(
      Array.from({ length: 21 }, (_, index) => ({ name: `f${index}`, content: `setpoint` })),
    )
    const halves = [
      ...places(await search(bytes, 'setpoint', { part: 0, parts: 2 })),
      ...places(await search(bytes, 'setpoint', { part: 1, parts: 2 })),
    ]
    expect(halves.sort()).toEqual([...places(await search(bytes, 'setpoint'))].sort())
  })

  test('is cancelled in the middle of a large file, and says how far it is until then', async () => {
    const bytes = buildZip([{ name: 'zeros', content: Buffer.alloc(200_000_000) }])
    const controller = new AbortController()
    let bytesDone = 0
    const started = performance.now()
    const outcome = search(bytes, 'setpoint', {
      signal: controller.signal,
      onBytes: (bytes) => {
        bytesDone = bytes
        controller.abort(new Error('enough'))
      },
    })
    await expect(outcome).rejects.toThrow('enough')
    expect(bytesDone).toBeGreaterThan(0)
    expect(bytesDone).toBeLessThan(200_000_000)
    expect(performance.now() - started).toBeLessThan(500)
  })

  test('lets the process listen between small files, too', async () => {
    const content = Buffer.alloc(1_000_000, 'ab')
    const packed = deflateRawSync(content)
    const bytes = buildZip(
      Array.from({ length: 100 }, (_, index) => ({ name: `f${index}`, content, packed })),
    )
    let beats = 0
    const heartbeat = setInterval(() => {
      beats += 1
    }, 1)
    await search(bytes, 'setpoint')
    clearInterval(heartbeat)
    expect(beats).toBeGreaterThan(1)
  })

  test('a file that only its maker reads is refused, not searched in vain', async () => {
    const options = {
      signal: new AbortController().signal,
      onHit: () => undefined,
      name: 'epp',
      mayBeOpaque: true,
    }
    for (const where of ['contents', 'names'] as const) {
      const query = { text: 'a', matchCase: false, in: where }
      const failure = await failureOf(
        async () => await searchArchive(Buffer.alloc(5000, 0x91), query, options),
      )
      expect(failure).toEqual({ code: 'archive-opaque', archive: 'epp' })
    }
  })
})

describe('looking through a compressed tar while it is unpacked', () => {
  const tar = buildTar(
    { name: 'etc/motor.ini', content: 'speed=10\nsetpoint=42\n' },
    { name: 'inner.zip', content: buildZip([setpoint]) },
    { name: 'filling', content: Buffer.from(new Random(1).bytes(300_000)) },
  )
  const packed = gzipSync(tar)

  test.each([
    ['that breaks off', packed.subarray(0, -20_000), 'archive-truncated'],
    ['that breaks off in front of its checksum', packed.subarray(0, -8), 'archive-truncated'],
    ['with a wrong checksum', flipped(packed, packed.length - 6), 'archive-crc'],
    ['with bytes behind its end', Buffer.concat([packed, packed]), 'archive-ambiguous'],
  ])('nothing is told of one %s', async (_, bytes, code) => {
    const told: unknown[] = []
    const outcome = search(bytes, 'setpoint', {
      onHit: (hit) => told.push(hit),
      onSkipped: (part) => told.push(part),
    })
    await expect(outcome).rejects.toMatchObject({ failure: { code } })
    expect(told).toEqual([])
  })

  test('one that is whole is read once, and archives inside it are searched', async () => {
    let bytesRead = 0
    const outcome = await search(packed, 'setpoint', {
      onRead: (bytes) => {
        bytesRead += bytes
      },
    })
    expect(places(outcome)).toEqual(['etc/motor.ini', 'inner.zip > etc/motor.ini'])
    expect(bytesRead).toBeLessThan(1.6 * packed.length)
  })

  test('one with more hits than were asked for is still checked to its end', async () => {
    expect(await search(packed, 'setpoint', { atMost: 1 })).toMatchObject({ hits: 1, isCapped: true })
    const broken = search(flipped(packed, packed.length - 6), 'setpoint', { atMost: 1 })
    await expect(broken).rejects.toMatchObject({ failure: { code: 'archive-crc' } })
  })
})

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

describe('looking through the names of an archive', () => {
  test('finds a text anywhere in a path, in any composition of its letters', async () => {
    const bytes = buildZip([
      { name: 'Förderband/', content: '' },
      { name: 'Fo\u0308rderband/Antrieb.xml', content: 'x' },
      { name: 'other', content: 'förderband' },
    ])
    expect(places(await search(bytes, 'FÖRDERBAND/a', { in: 'names' }))).toEqual([
      'Fo\u0308rderband/Antrieb.xml',
    ])
  })

  test('goes into those archives inside whose names say that they are some', async () => {
    const inner = buildZip([{ name: 'usr/motor.ini', content: 'x' }])
    const outcome = await search(
      buildZip([
        { name: 'plc.app', content: buildTar({ name: 'motor.snap', content: inner }) },
        { name: 'motor.zip', content: inner },
        { name: 'plain.bin', content: inner },
        { name: 'no.zip', content: 'not one' },
      ]),
      'motor',
      { in: 'names' },
    )
    expect(places(outcome)).toEqual(['motor.zip', 'plc.app > motor.snap', 'motor.zip > usr/motor.ini'])
    expect(outcome.skipped).toEqual([])
  })
})
