import { appendFile, readdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { isFailure } from '../../../src/shared/failure.ts'
import { z } from '../../../src/shared/schema.ts'
import { AppendLog } from '../../../src/main/storage/append-log.ts'
import { sha256Of } from '../../../src/main/storage/digest.ts'
import { checkedLines } from '../../../src/main/storage/log-format.ts'
import { failureOf } from './support/failure-of.ts'
import { newFolder } from './support/new-folder.ts'
import {
  bundle,
  killAtEveryCall,
  run,
  runTampered,
  skipWithoutStrace,
  type Ended,
} from './support/programs.ts'
import { smallDisk } from './support/small-disk.ts'

const schema = z.object({ label: z.string(), total: z.number() })
const openLog = (file: string) => new AppendLog(file, checkedLines(schema))
const one = { label: 'one', total: 1 }
const two = { label: 'two', total: 2 }
const three = { label: 'three', total: 3 }

const isDamage = (error: unknown) => isFailure(error, 'storage-damaged')

async function logOf(...records: readonly z.infer<typeof schema>[]): Promise<string> {
  const file = join(await newFolder(), 'log.ndjson')
  const log = openLog(file)
  for (const record of records) await log.append(record)
  return file
}

describe('a log', () => {
  test('that is missing reads as empty', async () => {
    const log = openLog(join(await newFolder(), 'log.ndjson'))
    expect(await log.read()).toEqual({ records: [], torn: [] })
  })

  test('gives back its records in order and is private', async () => {
    const file = await logOf(one, two)
    expect(await openLog(file).read()).toEqual({ records: [one, two], torn: [] })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('keeps the order of appends that were asked for at once', async () => {
    const log = openLog(join(await newFolder(), 'log.ndjson'))
    await Promise.all(Array.from({ length: 50 }, (_, n) => log.append({ label: String(n), total: n })))
    const { records } = await log.read()
    expect(records.map(({ total }) => total)).toEqual(Array.from({ length: 50 }, (_, n) => n))
  })

  test('goes on after an append whose record was refused', async () => {
    const file = await logOf(one)
    const log = openLog(file)
    const wrong = { label: 'x', total: 'many' } as unknown as typeof one
    expect(await failureOf(log.append(wrong))).toEqual({
      code: 'bad-input',
      field: 'record',
      reason: 'total: invalid_type',
    })
    await log.append(two)
    expect((await log.read()).records).toEqual([one, two])
  })

  test('reads long records and many of them', async () => {
    const file = join(await newFolder(), 'log.ndjson')
    const log = openLog(file)
    const long = { label: 'ä'.repeat(700_000), total: 1 }
    await log.append(long)
    await log.append(two)
    expect((await log.read()).records).toEqual([long, two])
  })

  test('that is a link is not followed', async () => {
    const file = await logOf(one)
    await symlink('log.ndjson', `${file}.link`)
    expect(await failureOf(openLog(`${file}.link`).read())).toMatchObject({ code: 'storage-damaged' })
    expect(await failureOf(openLog(`${file}.link`).append(two))).toMatchObject({ code: 'storage-damaged' })
  })
})

describe('a torn last line', () => {
  test('is reported at every length, and closed by the next append', async () => {
    const whole = await logOf(one, two)
    const content = await readFile(whole)
    const lastLine = content.indexOf('\n') + 1
    const file = join(await newFolder(), 'log.ndjson')
    for (let length = lastLine + 1; length < content.length - 1; length += 1) {
      await writeFile(file, content.subarray(0, length))
      const log = openLog(file)
      const rest = content.subarray(lastLine, length)
      const torn = { line: 2, sizeBytes: rest.length, sha256: sha256Of(rest) }
      expect(await log.read()).toEqual({ records: [one], torn: [{ ...torn, closed: false }] })
      await log.append(three)
      expect(await log.read()).toEqual({ records: [one, three], torn: [{ ...torn, closed: true }] })
      expect((await readFile(file)).subarray(0, length)).toEqual(content.subarray(0, length))
    }
  })

  test('that misses only its newline is a whole record', async () => {
    const file = await logOf(one, two)
    await truncate(file, (await stat(file)).size - 1)
    const log = openLog(file)
    expect(await log.read()).toEqual({ records: [one, two], torn: [] })
    await log.append(three)
    expect(await openLog(file).read()).toEqual({ records: [one, two, three], torn: [] })
  })

  test.each([
    ['zeros, as after a power cut', Buffer.alloc(5000)],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0xc0])],
    ['endless', Buffer.alloc(5 * 1024 * 1024, 'x')],
  ])('of %s is reported and closed', async (_, rest) => {
    const file = await logOf(one)
    await appendFile(file, rest)
    await openLog(file).append(two)
    const torn = { line: 2, sizeBytes: rest.length, sha256: sha256Of(rest), closed: true }
    expect(await openLog(file).read()).toEqual({ records: [one, two], torn: [torn] })
  })

  test('is followed by a torn closing, and both are closed', async () => {
    const file = await logOf(one)
    await appendFile(file, '{"label":"tw\n{"recovered":{"siz')
    expect((await openLog(file).read()).torn).toHaveLength(2)
    await openLog(file).append(three)
    const { records, torn } = await openLog(file).read()
    expect(records).toEqual([one, three])
    expect(torn.map(({ line, closed }) => ({ line, closed }))).toEqual([
      { line: 2, closed: true },
      { line: 3, closed: true },
    ])
  })
})

describe('damage further up', () => {
  test('is told with the line, and is not taken for a crash by an append', async () => {
    const file = await logOf(one, two, three)
    const lines = (await readFile(file, 'utf8')).split('\n')
    await writeFile(file, [lines[0], 'garbage', lines[2], ''].join('\n'))
    const damaged = { code: 'storage-damaged', file, reason: 'line 2 is unreadable' }
    expect(await failureOf(openLog(file).read())).toEqual(damaged)
    await openLog(file).append(one)
    expect(await failureOf(openLog(file).read())).toEqual(damaged)
  })

  test('of any single bit is found', async () => {
    const file = await logOf(one, two, three)
    const whole = await readFile(file)
    const end = whole.lastIndexOf('\n', whole.length - 2) + 1
    for (let bit = 0; bit < end * 8; bit += 1) {
      const flipped = Buffer.from(whole)
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      await writeFile(file, flipped)
      const found = await openLog(file)
        .read()
        .then(({ torn }) => torn.length > 0, isDamage)
      expect(found).toBe(true)
    }
  })
})

describe('several processes', () => {
  let appender = ''
  beforeAll(async () => {
    appender = await bundle('test/main/storage/children/append.ts')
  })

  test('that append to one log lose nothing and see each other', { timeout: 60_000 }, async () => {
    const folder = await newFolder()
    const file = join(folder, 'log.ndjson')
    const ends = await Promise.all(
      ['a', 'b', 'c'].map(async (label) => await run(process.execPath, [appender, file, label, '30'])),
    )
    expect(ends.map(({ errors }) => errors)).toEqual(['', '', ''])
    const { records, torn } = await openLog(file).read()
    expect(torn).toEqual([])
    expect(records.map(({ total }) => total)).toEqual(Array.from({ length: 90 }, (_, n) => n + 1))
    expect(await readdir(folder)).toEqual(['log.ndjson'])
  })

  test('killed at any call leave a log that goes on', { timeout: 120_000 }, async (context) => {
    skipWithoutStrace(context)
    const prepare = async () => [appender, await logOf(one), 'during', '1']
    const check = async ([, file = '']: readonly string[], { code }: Ended) => {
      expect((await run(process.execPath, [appender, file, 'after', '1'])).errors).toBe('')
      const { records } = await openLog(file).read()
      const labels = records.map(({ label }) => label)
      expect(labels.filter((label) => label !== 'during-0')).toEqual(['one', 'after-0'])
      if (code === 0) expect(labels).toContain('during-0')
    }
    expect(await killAtEveryCall(['pwrite64', 'fsync'], prepare, check)).toBeGreaterThanOrEqual(2)
  })

  test.for(['pwrite64:error=EIO:when=1', 'fsync:error=EIO:when=1'])(
    'take back what was not flushed (%s)',
    async (injection, context) => {
      skipWithoutStrace(context)
      const file = await logOf(one)
      const before = await readFile(file)
      const { code } = await runTampered([injection], [appender, file, 'lost', '1'])
      expect(code).toBe(1)
      expect(await readFile(file)).toEqual(before)
    },
  )
})

test('a full disk is told, the log stays whole and takes records again once there is room', async (context) => {
  const disk = await smallDisk(context, 1)
  const file = join(disk, 'log.ndjson')
  const log = openLog(file)
  await log.append(one)
  const failure = await failureOf(log.append({ label: 'x'.repeat(1024 * 1024), total: 2 }))
  expect(failure).toMatchObject({ code: 'disk-full', place: file })
  expect(await openLog(file).read()).toEqual({ records: [one], torn: [] })
  await log.append(two)
  expect(await openLog(file).read()).toEqual({ records: [one, two], torn: [] })
})
