import { createHash, randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { FailureError } from '../../../src/shared/failure.ts'
import { abortable } from '../../../src/main/storage/abortable.ts'
import { digestFile } from '../../../src/main/storage/digest.ts'
import { freeBytesOf, requireRoom } from '../../../src/main/storage/free-space.ts'
import { makePrivateFolder } from '../../../src/main/storage/private-folder.ts'
import { writeVerified } from '../../../src/main/storage/verified-write.ts'
import { failureOf } from './support/failure-of.ts'
import { newFolder } from './support/new-folder.ts'
import { bundle, runTampered, skipWithoutStrace } from './support/programs.ts'

const MiB = 1024 * 1024
const { signal } = new AbortController()
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Gives the bytes in pieces, always in the same buffer, as a raw socket does. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(size)
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size)
    buffer.set(piece)
    yield buffer.subarray(0, piece.length)
    await Promise.resolve()
    buffer.fill(0xee)
  }
}

describe('a verified write', () => {
  test('is the same at every size of pieces', async () => {
    const bytes = randomBytes(300)
    const folder = await newFolder()
    for (let size = 1; size <= bytes.length; size += 1) {
      const file = join(folder, String(size))
      const written = await writeVerified(file, { content: inPieces(bytes, size), signal, what: 'x' })
      expect(written).toEqual({ sizeBytes: 300, sha256: sha256(bytes) })
      expect(await readFile(file)).toEqual(bytes)
    }
  })

  test.each([MiB - 1, MiB, MiB + 1, 3 * MiB + 17])(
    'of %d bytes crosses the borders of its blocks',
    async (length) => {
      const bytes = randomBytes(length)
      const folder = await newFolder()
      for (const size of [4093, 65_536, MiB - 1, MiB, MiB + 1, 2 * MiB]) {
        const file = join(folder, String(size))
        let read = 0
        const written = await writeVerified(file, {
          content: inPieces(bytes, size),
          announcedBytes: length,
          signal,
          what: 'x',
          onReadBack: (done) => (read = done),
        })
        expect(written).toEqual({ sizeBytes: length, sha256: sha256(bytes) })
        expect(sha256(await readFile(file))).toBe(sha256(bytes))
        expect(read).toBe(length)
      }
    },
  )

  test('of nothing is an empty file with the hash of nothing', async () => {
    const file = join(await newFolder(), 'empty')
    const written = await writeVerified(file, {
      content: inPieces(Buffer.alloc(0), 1),
      announcedBytes: 0,
      signal,
      what: 'x',
    })
    expect(written).toEqual({ sizeBytes: 0, sha256: sha256(Buffer.alloc(0)) })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('refuses less and more than was announced, and takes no more in', async () => {
    const folder = await newFolder()
    const write = async (name: string, announcedBytes: number, content: AsyncIterable<Uint8Array>) =>
      await failureOf(writeVerified(join(folder, name), { content, announcedBytes, signal, what: 'box.zip' }))
    expect(await write('short', 11, inPieces(randomBytes(10), 3))).toEqual({
      code: 'length-mismatch',
      what: 'box.zip',
      announcedBytes: 11,
      receivedBytes: 10,
    })
    let given = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield await Promise.resolve(Buffer.alloc((given += 1) && 1000))
    }
    expect(await write('long', 5000, endless())).toMatchObject({
      code: 'length-mismatch',
      receivedBytes: 6000,
    })
    expect(given).toBe(6)
  })

  test('never writes over or through what is there', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'file'), 'mine')
    await symlink('elsewhere', join(folder, 'dangling'))
    for (const name of ['file', 'dangling']) {
      const work = writeVerified(join(folder, name), {
        content: inPieces(randomBytes(9), 9),
        signal,
        what: 'x',
      })
      expect(await failureOf(work)).toMatchObject({ code: 'storage-unwritable', reason: 'EEXIST' })
    }
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('mine')
  })

  test('passes on what the source says, even where it looks like a trouble of the disk', async () => {
    const reset = Object.assign(new Error('read ECONNRESET'), {
      code: 'ECONNRESET',
      syscall: 'read',
      errno: -104,
    })
    async function* breaks(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.alloc(10))
      throw reset
    }
    const work = writeVerified(join(await newFolder(), 'x'), { content: breaks(), signal, what: 'x' })
    await expect(work).rejects.toBe(reset)
  })
})

describe('an abort', () => {
  async function* hangs(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(10)
    await delay(3_600_000, undefined, { ref: false })
  }

  test('is heard at once while the source hangs', async () => {
    const controller = new AbortController()
    const work = failureOf(
      writeVerified(join(await newFolder(), 'x'), { content: hangs(), signal: controller.signal, what: 'x' }),
    )
    await delay(20)
    const began = performance.now()
    controller.abort()
    expect(await work).toEqual({ code: 'cancelled', phase: 'transferring' })
    expect(performance.now() - began).toBeLessThan(500)
  })

  test('tells the failure that its signal carries', async () => {
    const failure = { code: 'device-silent', address: 'a', phase: 'transferring', seconds: 30 } as const
    const content = abortable(hangs(), AbortSignal.abort(new FailureError(failure)), 'transferring')
    expect(await failureOf(content.next())).toEqual(failure)
  })

  test('closes the source, once', async () => {
    let closed = 0
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: false, value: 1 }),
        return: () => Promise.resolve({ done: true, value: (closed += 1) }),
      }),
    }
    const content = abortable(source, signal, 'transferring')
    expect(await content.next()).toEqual({ done: false, value: 1 })
    await content.return(undefined)
    expect(closed).toBe(1)
  })

  test('while reading back is heard', async () => {
    const controller = new AbortController()
    const work = writeVerified(join(await newFolder(), 'x'), {
      content: inPieces(randomBytes(3 * MiB), MiB),
      signal: controller.signal,
      what: 'x',
      onReadBack: () => {
        controller.abort()
      },
    })
    expect(await failureOf(work)).toEqual({ code: 'cancelled', phase: 'reading-back' })
  })
})

describe('a digest of a file', () => {
  test('counts and hashes all of it, whatever its size', async () => {
    const folder = await newFolder()
    for (const length of [0, 1, MiB - 1, MiB, MiB + 1, 2 * MiB, 5 * MiB + 3]) {
      const bytes = randomBytes(length)
      await writeFile(join(folder, 'x'), bytes)
      const heard: number[] = []
      const options = { signal, phase: 'checking-archive', onBytes: (done: number) => heard.push(done) }
      expect(await digestFile(join(folder, 'x'), options)).toEqual({
        sizeBytes: length,
        sha256: sha256(bytes),
      })
      expect(heard.at(-1) ?? 0).toBe(length)
    }
  })

  test('of what is missing, a folder or a link is refused', async () => {
    const folder = await newFolder()
    await mkdir(join(folder, 'folder'))
    await symlink('/dev/zero', join(folder, 'link'))
    const options = { signal, phase: 'checking-archive' }
    expect(await failureOf(digestFile(join(folder, 'none'), options))).toMatchObject({
      code: 'file-unreadable',
      reason: 'ENOENT',
    })
    expect(await failureOf(digestFile(join(folder, 'folder'), options))).toMatchObject({
      code: 'storage-damaged',
    })
    expect(await failureOf(digestFile(join(folder, 'link'), options))).toMatchObject({
      code: 'storage-damaged',
    })
  })
})

describe('room on a disk', () => {
  test('is asked of the nearest folder that exists', async () => {
    const folder = await newFolder()
    expect(await freeBytesOf(join(folder, 'not', 'yet'))).toBeGreaterThan(0)
    await requireRoom(folder, 1)
    expect(await failureOf(requireRoom(folder, 1e18))).toMatchObject({
      code: 'disk-full',
      place: folder,
      neededBytes: 1e18,
    })
  })
})

describe('a private folder', () => {
  test('is made with those above it, for its owner alone', async () => {
    const folder = join(await newFolder(), 'a', 'b')
    await makePrivateFolder(folder)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, '..'))).mode & 0o777).toBe(0o700)
  })

  test('is taken back from others where it exists', async () => {
    const folder = await newFolder()
    await mkdir(join(folder, 'open'), { mode: 0o755 })
    await makePrivateFolder(join(folder, 'open'))
    expect((await stat(join(folder, 'open'))).mode & 0o777).toBe(0o700)
  })

  test('is used as it is on a disk that keeps no permissions, and refused where another user owns it', async (context) => {
    skipWithoutStrace(context)
    const program = await bundle('test/main/storage/children/make-private.ts')
    const folder = await newFolder()
    await chmod(folder, 0o755)
    const attempt = async (errno: string) =>
      (await runTampered([`chmod:error=${errno}`], [program, folder])).output
    expect(await attempt('EPERM')).toBe('private\n')
    expect(await attempt('EROFS')).toBe('private\n')
    expect(await attempt('EIO')).toBe('storage-unwritable\n')
    if (process.getuid?.() !== 0) return
    await chown(folder, 12_345, 12_345)
    expect(await attempt('EPERM')).toBe('storage-unwritable\n')
  })

  test('is refused where a file or a link lies', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'file'), '')
    await symlink(await newFolder(), join(folder, 'link'))
    for (const name of ['file', 'link', 'file/below']) {
      expect(await failureOf(makePrivateFolder(join(folder, name)))).toMatchObject({
        code: 'storage-damaged',
      })
    }
  })
})
