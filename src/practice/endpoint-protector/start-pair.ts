import { setTimeout as wait } from 'node:timers/promises'
import type { EndpointProtectorOptions } from './options.ts'
import type { EndpointProtector } from './start-endpoint-protector.ts'
import { startEndpointProtector } from './start-endpoint-protector.ts'

/** An appliance and the one that is to take its place, at two addresses with one port. */
export interface AppliancePair extends AsyncDisposable {
  readonly old: EndpointProtector
  readonly replacement: EndpointProtector
  readonly port: number
  stop(): Promise<void>
}

export interface PairOptions {
  readonly old: Omit<EndpointProtectorOptions, 'port'>
  readonly replacement: Omit<EndpointProtectorOptions, 'port'>
}

const attempts = 20

/**
 * Starts the old appliance at 127.0.0.2 and its replacement at 127.0.0.3 unless told otherwise. The system gives
 * the port; it is the same for both, so that the replacement can take over the old address as a whole.
 */
export async function startPair(options: PairOptions): Promise<AppliancePair> {
  for (let attempt = 1; ; attempt += 1) {
    const old = await startEndpointProtector({ host: '127.0.0.2', ...options.old })
    const port = Number(new URL(old.address).port)
    try {
      const replacement = await startEndpointProtector({ host: '127.0.0.3', ...options.replacement, port })
      return together(old, replacement, port)
    } catch (cause) {
      await old.stop()
      if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt === attempts) throw cause
      await wait(10)
    }
  }
}

function together(old: EndpointProtector, replacement: EndpointProtector, port: number): AppliancePair {
  const stop = async (): Promise<void> => {
    await Promise.all([old.stop(), replacement.stop()])
  }
  return { old, replacement, port, stop, [Symbol.asyncDispose]: stop }
}
