import { execFileSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from '../../../src/shared/schema.ts'
import { readDurably, updateDurably, writeDurably } from '../../../src/main/storage/durable-file.ts'
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

const schema = z.object({ format: z.literal(1), text: z.string() })
const read = async (file: string) => await readDurably(file, schema, 1)
const write = async (file: string, text: string) => {
  await writeDurably(file, schema, { format: 1, text })
}

describe('a durable file', () => {
  test('that is missing reads as undefined', async () => {
    expect(await read(join(await newFolder(), 'state.json'))).toBeUndefined()
  })

  test('gives back what was written, is private, and leaves nothing else in its folder', async () => {
    const folder = await newFolder()
    const file = join(folder, 'state.json')
    await write(file, 'one')
    await write(file, 'two')
    expect(await read(file)).toEqual({ format: 1, text: 'two' })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['state.json'])
  })

  test('can be checked by hand with head and sha256sum', async () => {
    const file = join(await newFolder(), 'state.json')
    await write(file, 'ä')
    const byHand = execFileSync('sh', ['-c', `head -n -2 '${file}' | sha256sum`])
      .toString()
      .slice(0, 64)
    expect(await readFile(file, 'utf8')).toContain(`"check": "${byHand}"`)
  })

  test.each([
    ['empty', ''],
    ['cut in the middle', '{"format": 1, "te'],
    ['all zeros', '\0'.repeat(40)],
    ['in UTF-16', Buffer.from('{"format":1,"text":"x"}', 'utf16le')],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['a list', '[]'],
    ['null', 'null'],
    ['of an older, unknown format', '{"format":0,"text":"x"}'],
    ['of another type', '{"format":1,"text":5}'],
    ['nested a hundred thousand deep', '['.repeat(100_000)],
  ])('that is %s is damaged, never empty', async (_, content) => {
    const file = join(await newFolder(), 'state.json')
    await writeFile(file, content)
    expect(await failureOf(read(file))).toMatchObject({ code: 'storage-damaged', file })
  })

  test('that is a folder, a link or a pipe is damaged and not waited for', async () => {
    const folder = await newFolder()
    await mkdir(join(folder, 'folder'))
    await write(join(folder, 'target.json'), 'x')
    await symlink('target.json', join(folder, 'link'))
    await symlink('/dev/zero', join(folder, 'endless'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    for (const name of ['folder', 'link', 'endless', 'pipe']) {
      expect(await failureOf(read(join(folder, name)))).toMatchObject({ code: 'storage-damaged' })
    }
  })

  test('is never read as something else after one flipped bit', async () => {
    const file = join(await newFolder(), 'state.json')
    await write(file, 'text that matters')
    const whole = await readFile(file)
    let found = 0
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const flipped = Buffer.from(whole)
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      await writeFile(file, flipped)
      const outcome = await read(file).catch(() => 'found')
      if (outcome === 'found') found += 1
      else expect(outcome).toEqual({ format: 1, text: 'text that matters' })
    }
    expect(found).toBeGreaterThan(whole.length * 7)
  })

  test('that a person has edited is read, with a byte order mark too', async () => {
    const file = join(await newFolder(), 'state.json')
    await writeFile(file, '\uFEFF{ "format": 1,\r\n "text": "by hand" }\r\n')
    expect(await read(file)).toEqual({ format: 1, text: 'by hand' })
  })

  test('of a newer version is told as such and stays untouched by an update', async () => {
    const file = join(await newFolder(), 'state.json')
    await writeFile(file, '{"format":7,"things":[]}')
    const newer = { code: 'storage-newer', file, format: 7, known: 1 }
    expect(await failureOf(read(file))).toEqual(newer)
    const change = () => ({ format: 1 as const, text: 'lost' })
    const update = updateDurably(file, schema, { knownFormat: 1, initial: { format: 1, text: '' }, change })
    expect(await failureOf(update)).toEqual(newer)
    expect(await readFile(file, 'utf8')).toBe('{"format":7,"things":[]}')
  })

  test('is not written where the schema could not read it back', async () => {
    const file = join(await newFolder(), 'state.json')
    const short = z.object({ format: z.literal(1), text: z.string().max(3) })
    const failure = await failureOf(writeDurably(file, short, { format: 1, text: 'secret' }))
    expect(failure).toEqual({ code: 'bad-input', field: 'text', reason: 'too_big' })
    expect(await read(file)).toBeUndefined()
  })

  test('in a folder that cannot be written is told, and nothing is left', async () => {
    const folder = await newFolder()
    await mkdir(join(folder, 'state.json'))
    expect(await failureOf(write(join(folder, 'state.json'), 'x'))).toMatchObject({
      code: 'storage-unwritable',
    })
    expect(await readdir(folder)).toEqual(['state.json'])
    expect(await failureOf(write(join(folder, 'missing', 'state.json'), 'x'))).toMatchObject({
      code: 'storage-unwritable',
      reason: 'ENOENT',
    })
  })

  test('keeps its old content on a full disk, and the failure says how much is needed and free', async (context) => {
    const disk = await smallDisk(context, 1)
    const file = join(disk, 'state.json')
    await write(file, 'old')
    const failure = await failureOf(write(file, 'x'.repeat(2 * 1024 * 1024)))
    expect(failure).toMatchObject({ code: 'disk-full', place: file })
    expect(failure).toHaveProperty('neededBytes', expect.closeTo(2 * 1024 * 1024, -3))
    expect(await read(file)).toEqual({ format: 1, text: 'old' })
    expect(await readdir(disk)).toEqual(['state.json'])
  })
})

describe('an update', () => {
  const start = { format: 1 as const, text: '' }

  test('that throws leaves the file as it was', async () => {
    const file = join(await newFolder(), 'state.json')
    await write(file, 'old')
    const change = () => {
      throw new Error('changed my mind')
    }
    await expect(updateDurably(file, schema, { knownFormat: 1, initial: start, change })).rejects.toThrow(
      'my mind',
    )
    expect(await read(file)).toEqual({ format: 1, text: 'old' })
  })

  test('that changes nothing does not write', async () => {
    const file = join(await newFolder(), 'state.json')
    await updateDurably(file, schema, { knownFormat: 1, initial: start, change: (current) => current })
    expect(await read(file)).toBeUndefined()
  })

  test('of a damaged file is refused, and the damaged bytes are kept', async () => {
    const file = join(await newFolder(), 'state.json')
    await writeFile(file, 'torn')
    const update = updateDurably(file, schema, { knownFormat: 1, initial: start, change: () => start })
    expect(await failureOf(update)).toMatchObject({ code: 'storage-damaged' })
    expect(await readFile(file, 'utf8')).toBe('torn')
  })

  test('of many at once in one process is never lost', { timeout: 60_000 }, async () => {
    const file = join(await newFolder(), 'state.json')
    const change = (current: z.infer<typeof schema>) => ({ ...current, text: `${current.text}x` })
    const updates = Array.from({ length: 100 }, () =>
      updateDurably(file, schema, { knownFormat: 1, initial: start, change }),
    )
    await Promise.all(updates)
    expect((await read(file))?.text).toHaveLength(100)
  })
})

describe('several processes', () => {
  let countUp = ''
  let writer = ''
  beforeAll(async () => {
    ;[countUp, writer] = await Promise.all([
      bundle('test/main/storage/children/count-up.ts'),
      bundle('test/main/storage/children/write.ts'),
    ])
  })

  test('that update one file lose nothing', { timeout: 60_000 }, async () => {
    const folder = await newFolder()
    const file = join(folder, 'state.json')
    const labels = ['a', 'b', 'c', 'd']
    const ends = await Promise.all(
      labels.map(async (label) => await run(process.execPath, [countUp, file, label, '40'])),
    )
    expect(ends.map(({ code, errors }) => ({ code, errors }))).toEqual(
      labels.map(() => ({ code: 0, errors: '' })),
    )
    const { entries } = JSON.parse(await readFile(file, 'utf8')) as { entries: string[] }
    const expected = labels.flatMap((label) => Array.from({ length: 40 }, (_, n) => `${label}-${String(n)}`))
    expect(entries.toSorted()).toEqual(expected.toSorted())
    expect(await readdir(folder)).toEqual(['state.json'])
  })

  test(
    'killed at any call leave a whole file, and the next update clears what they left',
    { timeout: 120_000 },
    async (context) => {
      skipWithoutStrace(context)
      const prepare = async () => {
        const file = join(await newFolder(), 'state.json')
        await writeFile(file, '{"format":1,"entries":["before"]}')
        return [countUp, file, 'during', '1']
      }
      const check = async ([, file = '']: readonly string[], { code }: Ended) => {
        const { errors } = await run(process.execPath, [countUp, file, 'after', '1'])
        expect(errors).toBe('')
        const { entries } = JSON.parse(await readFile(file, 'utf8')) as { entries: string[] }
        expect(entries.filter((entry) => entry !== 'during-0')).toEqual(['before', 'after-0'])
        if (code === 0) expect(entries).toContain('during-0')
        expect((await readdir(dirname(file))).filter((name) => !name.includes('.lock-'))).toEqual([
          'state.json',
        ])
      }
      const killed = await killAtEveryCall(
        ['mkdir', 'pwrite64', 'fsync', 'rename', 'unlink', 'rmdir'],
        prepare,
        check,
      )
      expect(killed).toBeGreaterThanOrEqual(8)
    },
  )

  test.for([1, 3, 5])(
    'wait where another program holds the file for %d attempts to rename',
    async (times, context) => {
      skipWithoutStrace(context)
      const file = join(await newFolder(), 'state.json')
      for (const errno of ['EPERM', 'EBUSY', 'EACCES']) {
        const { output } = await runTampered(
          [`rename:error=${errno}:when=1..${String(times)}`],
          [writer, file, errno],
        )
        expect(output).toBe('written\n')
        expect(await read(file)).toEqual({ format: 1, text: errno })
      }
    },
  )

  test('give up after ten seconds where the file stays held', { timeout: 30_000 }, async (context) => {
    skipWithoutStrace(context)
    const folder = await newFolder()
    const file = join(folder, 'state.json')
    await write(file, 'old')
    const began = performance.now()
    const { output } = await runTampered(['rename:error=EBUSY'], [writer, file, 'new'])
    expect(JSON.parse(output)).toEqual({ code: 'storage-unwritable', place: file, reason: 'EBUSY' })
    expect(performance.now() - began).toBeLessThan(13_000)
    expect(await read(file)).toEqual({ format: 1, text: 'old' })
    expect(await readdir(folder)).toEqual(['state.json'])
  })

  test.for([
    ['pwrite64', 'ENOSPC', 'disk-full'],
    ['pwrite64', 'EDQUOT', 'disk-full'],
    ['fsync', 'EIO', 'storage-unwritable'],
    ['fsync', 'EROFS', 'storage-unwritable'],
  ])('keep the old content where %s fails once with %s', async ([call, errno, code], context) => {
    skipWithoutStrace(context)
    const folder = await newFolder()
    const file = join(folder, 'state.json')
    await write(file, 'old')
    // Only the first try fails: whoever flushes once more would succeed over pages that the kernel has dropped.
    const { output } = await runTampered([`${call}:error=${errno}:when=1`], [writer, file, 'new'])
    expect(JSON.parse(output)).toMatchObject({ code, place: file })
    expect(await read(file)).toEqual({ format: 1, text: 'old' })
    expect(await readdir(folder)).toEqual(['state.json'])
  })
})

test('a folder that others may enter can be written all the same, but the file stays private', async () => {
  const folder = await newFolder()
  await chmod(folder, 0o755)
  await write(join(folder, 'state.json'), 'x')
  expect((await stat(join(folder, 'state.json'))).mode & 0o077).toBe(0)
})
