import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { withLock } from '../../../src/main/storage/lock.ts'
import { ownedName, ownerState, ownMark, processIdOf } from '../../../src/main/storage/process-mark.ts'
import { failureOf } from './support/failure-of.ts'
import { newFolder } from './support/new-folder.ts'
import { bundle, run, start } from './support/programs.ts'

describe('the mark of a process', () => {
  test('says that this process is alive, and which one it is', () => {
    expect(ownerState(ownMark())).toBe('alive')
    expect(processIdOf(ownMark())).toBe(process.pid)
  })

  test('says that a process that has ended is gone', async () => {
    const child = start(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'])
    const mark = ownMark().replace(`-${String(process.pid)}-`, `-${String(child.process.pid)}-`)
    child.process.kill('SIGKILL')
    await child.ended
    expect(ownerState(mark)).toBe('gone')
  })

  test('does not take another process with the same id for its owner', () => {
    const [host, boot, id, started] = ownMark().split('-')
    expect(ownerState([host, boot, id, String(Number(started) - 1)].join('-'))).toBe('gone')
    expect(ownerState([host, 'deadbeef', id, started].join('-'))).toBe('gone')
  })

  test('judges nothing that another computer has made', () => {
    const [, boot, id, started] = ownMark().split('-')
    expect(ownerState(['00000000', boot, id, started].join('-'))).toBe('foreign')
    expect(ownerState('rubbish')).toBe('foreign')
    expect(ownMark()).not.toContain(hostname())
  })
})

describe('a lock', () => {
  let holder = ''
  let countUp = ''
  beforeAll(async () => {
    holder = await bundle('test/main/storage/children/hold-lock.ts')
    countUp = await bundle('test/main/storage/children/count-up.ts')
  })

  test('lets one in at a time and leaves nothing behind', async () => {
    const folder = await newFolder()
    let inside = 0
    const work = async () => {
      inside += 1
      expect(inside).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 5))
      inside -= 1
    }
    await Promise.all(Array.from({ length: 20 }, () => withLock(join(folder, 'state.json'), work)))
    expect(await readdir(folder)).toEqual([])
  })

  test('is released where the work fails', async () => {
    const file = join(await newFolder(), 'state.json')
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await withLock(file, () => Promise.resolve('yes'))).toBe('yes')
  })

  test(
    'of a killed process is taken over, two hundred times, by exactly one at a time',
    { timeout: 120_000 },
    async () => {
      const folder = await newFolder()
      const file = join(folder, 'state.json')
      let inside = 0
      for (let round = 0; round < 20; round += 1) {
        const child = start(process.execPath, [holder, file])
        await child.said('held')
        child.process.kill('SIGKILL')
        await child.ended
        const work = async () => {
          inside += 1
          expect(inside).toBe(1)
          await new Promise((resolve) => setTimeout(resolve, 1))
          inside -= 1
        }
        await Promise.all(Array.from({ length: 10 }, () => withLock(file, work)))
      }
      expect(await readdir(folder)).toEqual([])
    },
  )

  test(
    'of a killed process is taken over by several processes at once without a lost update',
    { timeout: 60_000 },
    async () => {
      const file = join(await newFolder(), 'state.json')
      const labels = ['a', 'b', 'c']
      for (let round = 0; round < 8; round += 1) {
        const child = start(process.execPath, [holder, file])
        await child.said('held')
        child.process.kill('SIGKILL')
        await child.ended
        const ends = await Promise.all(
          labels.map((label) => run(process.execPath, [countUp, file, `${label}${String(round)}`, '5'])),
        )
        expect(ends.map(({ errors }) => errors)).toEqual(['', '', ''])
      }
      const { entries } = JSON.parse(await readFile(file, 'utf8')) as { entries: string[] }
      expect(new Set(entries).size).toBe(8 * 3 * 5)
    },
  )

  test('that a crash has left empty is free', async () => {
    const file = join(await newFolder(), 'state.json')
    await mkdir(`${file}.lock`)
    expect(await withLock(file, () => Promise.resolve('in'))).toBe('in')
  })

  test(
    'of a living process, or of another computer, is waited for and never taken',
    { timeout: 30_000 },
    async () => {
      const folder = await newFolder()
      const near = join(folder, 'near.json')
      const far = join(folder, 'far.json')
      const child = start(process.execPath, [holder, near])
      await child.said('held')
      await mkdir(`${far}.lock`)
      await writeFile(join(`${far}.lock`, ownedName().replace(/^[0-9a-f]{8}/, '00000000')), '')
      try {
        const failures = await Promise.all(
          [near, far].map((file) => failureOf(withLock(file, () => Promise.resolve()))),
        )
        expect(failures).toEqual([
          {
            code: 'storage-unwritable',
            place: `${near}.lock`,
            reason: `in use by process ${String(child.process.pid)}`,
          },
          {
            code: 'storage-unwritable',
            place: `${far}.lock`,
            reason: `in use by process ${String(process.pid)}`,
          },
        ])
        expect((await readdir(folder)).toSorted()).toEqual(['far.json.lock', 'near.json.lock'])
      } finally {
        child.process.kill('SIGKILL')
        await child.ended
      }
    },
  )

  test('cannot be had in a folder that is not there', async () => {
    const file = join(await newFolder(), 'missing', 'state.json')
    expect(await failureOf(withLock(file, () => Promise.resolve()))).toEqual({
      code: 'storage-unwritable',
      place: file,
      reason: 'ENOENT',
    })
    expect((await run(process.execPath, [holder, file])).code).toBe(1)
  })
})
