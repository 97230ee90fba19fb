import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { countBytes } from '../../../src/main/transfer/count-bytes.ts'
import { watchIdle } from '../../../src/main/transfer/idle-watch.ts'
import { FailureError } from '../../../src/shared/failure.ts'
import { failureOf } from '../storage/support/failure-of.ts'

const onIdle = ({ bytesDone }: { readonly bytesDone: number }) =>
  new FailureError({ code: 'connection-lost', address: 'a', phase: 'transferring', bytesDone })

/** Gives pieces of these lengths, each after a pause. */
async function* pieces(
  ...steps: readonly (readonly [pauseMs: number, length: number])[]
): AsyncGenerator<Uint8Array> {
  for (const [pauseMs, length] of steps) {
    await delay(pauseMs, undefined, { ref: false })
    yield Buffer.alloc(length, 'x')
  }
}

async function lengthOf(content: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0
  for await (const bytes of content) length += bytes.length
  return length
}

describe('counting', () => {
  test('passes everything on and tells the sum after each piece', async () => {
    const heard: number[] = []
    const content = countBytes(pieces([0, 3], [0, 0], [0, 5]), (done) => heard.push(done))
    expect(await lengthOf(content)).toBe(8)
    expect(heard).toEqual([3, 3, 8])
  })
})

describe('watching for silence', () => {
  test('passes on what comes in time, however long it takes in all', async () => {
    const steps = Array.from({ length: 10 }, () => [30, 7] as const)
    expect(await lengthOf(watchIdle(pieces(...steps), { idleMs: 200, onIdle }))).toBe(70)
  })

  test('gives up on a source that hangs, and tells how far it was', async () => {
    const began = performance.now()
    const content = watchIdle(pieces([0, 5], [3_600_000, 1]), { idleMs: 80, onIdle })
    expect(await failureOf(lengthOf(content))).toMatchObject({ code: 'connection-lost', bytesDone: 5 })
    expect(performance.now() - began).toBeLessThan(1000)
  })

  test('takes empty pieces for no sign of life', async () => {
    const steps = Array.from({ length: 50 }, () => [20, 0] as const)
    const began = performance.now()
    const content = watchIdle(pieces([0, 5], ...steps), { idleMs: 100, onIdle })
    expect(await failureOf(lengthOf(content))).toMatchObject({ bytesDone: 5 })
    expect(performance.now() - began).toBeLessThan(800)
  })

  test('does not count the time that the reader takes', async () => {
    let length = 0
    for await (const bytes of watchIdle(pieces([0, 1], [0, 1], [0, 1]), { idleMs: 50, onIdle })) {
      length += bytes.length
      await delay(120)
    }
    expect(length).toBe(3)
  })

  test('passes on the failure of the source and closes a source that is not read to its end', async () => {
    let closed = 0
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield await Promise.resolve(Buffer.alloc(1))
        throw new Error('line dropped')
      } finally {
        closed += 1
      }
    }
    await expect(lengthOf(watchIdle(source(), { idleMs: 1000, onIdle }))).rejects.toThrow('line dropped')
    expect(closed).toBe(1)
    const content = watchIdle(source(), { idleMs: 1000, onIdle })
    await content.next()
    await content.return(undefined)
    expect(closed).toBe(2)
  })
})
