import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { PieceQueue } from '../../../src/main/transport/piece-queue.ts'
import { bytesOf } from './support/quiet.ts'

const mebibyte = 1024 * 1024

function newQueue() {
  const calls: string[] = []
  const queue = new PieceQueue({
    pause: () => calls.push('pause'),
    resume: () => calls.push('resume'),
    abandon: () => calls.push('abandon'),
  })
  return { queue, calls }
}

test.each([1, 7, 1000, 32_768, 65_536, 65_537, 3_000_000])(
  'bytes that come %d at a time are the same bytes',
  async (size) => {
    const bytes = randomBytes(Math.min(size * 5_000, 3 * mebibyte + 5))
    const { queue } = newQueue()
    const reading = bytesOf(queue)
    const reused = Buffer.alloc(size)
    for (let from = 0; from < bytes.length; from += size) {
      const length = bytes.copy(reused, 0, from, Math.min(bytes.length, from + size))
      queue.write(reused.subarray(0, length))
      if (from % (20 * size) === 0) await wait(0)
    }
    queue.finish()
    expect((await reading).equals(bytes)).toBe(true)
  },
)

test('many small packets become few large pieces', async () => {
  const { queue } = newQueue()
  const packet = Buffer.alloc(32_768)
  for (let count = 0; count < 512; count += 1) queue.write(packet)
  queue.finish()
  const sizes: number[] = []
  for await (const piece of queue) sizes.push(piece.length)
  expect(sizes.length).toBeLessThan(25)
  expect(Math.max(...sizes)).toBe(mebibyte)
})

test('a reader that is slow stops the source, and lets it go on when there is room', async () => {
  const { queue, calls } = newQueue()
  for (let count = 0; count < 8; count += 1) queue.write(Buffer.alloc(mebibyte))
  expect(calls).toEqual(['pause'])
  const reader = queue[Symbol.asyncIterator]()
  while (!calls.includes('resume')) expect((await reader.next()).done).toBe(false)
  expect(calls).toEqual(['pause', 'resume'])
  await reader.return()
})

test('bytes of a slow device are handed out before a piece is full', async () => {
  const { queue } = newQueue()
  const reader = queue[Symbol.asyncIterator]()
  queue.write(Buffer.from('slow'))
  expect((await reader.next()).value).toEqual(Buffer.from('slow'))
  const waiting = reader.next()
  queue.write(Buffer.from('and'))
  queue.write(Buffer.from(' slower'))
  expect((await waiting).value).toEqual(Buffer.from('and slower'))
  await reader.return()
})

test('what came before a failure is handed out, then the failure is thrown', async () => {
  const { queue, calls } = newQueue()
  queue.write(Buffer.from('half'))
  queue.fail(new Error('line dropped'))
  queue.write(Buffer.from('too late'))
  const reader = queue[Symbol.asyncIterator]()
  expect((await reader.next()).value).toEqual(Buffer.from('half'))
  await expect(reader.next()).rejects.toThrow('line dropped')
  expect(calls).toEqual([])
})

test('a reader that stops early tells the source', async () => {
  const { queue, calls } = newQueue()
  queue.write(Buffer.alloc(2 * mebibyte))
  for await (const piece of queue) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  expect(calls).toEqual(['abandon'])
  await expect(bytesOf(queue)).rejects.toThrow('only once')
})
