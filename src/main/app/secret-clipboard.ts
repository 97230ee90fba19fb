import { clipboard } from 'electron'

const clearAfterMs = 30_000

/** Copies a secret and takes it off the clipboard again, after half a minute or when the app ends. */
export type CopySecret = (secret: string) => Promise<void>

/**
 * What somebody else has copied in the meantime is left alone. Programs that keep a history of the clipboard may still
 * hold the secret: nothing can take it out of there.
 */
export function createCopySecret(ending: AbortSignal): CopySecret {
  return async (secret) => {
    // Synchronous up to Electron 44, a promise after it; awaiting is right for both.
    await (clipboard.writeText(secret) as unknown)
    const clear = async (): Promise<void> => {
      clearTimeout(timer)
      ending.removeEventListener('abort', onEnd)
      const now: unknown = await Promise.resolve(clipboard.readText())
      if (now === secret) clipboard.clear()
    }
    const onEnd = (): void => void clear()
    const timer = setTimeout(onEnd, clearAfterMs)
    timer.unref()
    ending.addEventListener('abort', onEnd)
  }
}
