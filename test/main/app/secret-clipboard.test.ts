import { beforeEach, expect, test, vi } from 'vitest'

const clip = vi.hoisted(() => ({ text: '' }))
vi.mock('electron', () => ({
  clipboard: {
    writeText: (text: string) => {
      clip.text = text
    },
    readText: () => clip.text,
    clear: () => {
      clip.text = ''
    },
  },
}))

beforeEach(() => {
  clip.text = ''
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

async function copying() {
  const { createCopySecret } = await import('../../../src/main/app/secret-clipboard.ts')
  const ending = new AbortController()
  const copy = createCopySecret(ending.signal)
  await copy('canary')
  return { ending, copy }
}

test('a copied secret is off the clipboard after half a minute', async () => {
  await copying()
  await vi.advanceTimersByTimeAsync(29_000)
  expect(clip.text).toBe('canary')
  await vi.advanceTimersByTimeAsync(2_000)
  expect(clip.text).toBe('')
})

test('what somebody else has copied meanwhile stays', async () => {
  await copying()
  clip.text = 'shopping list'
  await vi.advanceTimersByTimeAsync(60_000)
  expect(clip.text).toBe('shopping list')
})

test('a secret does not outlive the app', async () => {
  const { ending } = await copying()
  ending.abort()
  await vi.advanceTimersByTimeAsync(0)
  expect(clip.text).toBe('')
})
