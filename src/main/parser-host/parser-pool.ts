import { availableParallelism } from 'node:os'
import type { CallBatch, CallInput, CallOutput } from './contract.ts'
import { HostedArchive } from './hosted-archive.ts'
import { ParserClient, parserTiming, type ParserTiming } from './parser-client.ts'
import type { StartParser } from './parser-port.ts'

/**
 * Which process an archive is opened in: those that a person looks into share one, so that two of them can be compared;
 * work in the background is spread over others, so that a file that ends its process takes no window with it.
 */
export type Lane = 'front' | 'background'

export interface OpenRequest {
  readonly file: string
  /** What failures call it. */
  readonly name: string
  readonly signal: AbortSignal
  readonly lane: Lane
  readonly password?: string
  readonly mayBeOpaque?: boolean
  readonly onProgress?: (bytesDone: number) => void
}

interface PooledClient {
  readonly client: ParserClient
  /** Archives that are open in it. */
  open: number
}

/** Background processes at most; two cores are served by two. */
const backgroundAtMost = Math.max(2, Math.min(4, availableParallelism()))

/** The parser processes. They are started when they are needed, and anew after one has ended. */
export class ParserPool implements Disposable {
  readonly #start: StartParser
  readonly #timing: ParserTiming
  #front: PooledClient | undefined
  readonly #background: PooledClient[] = []

  constructor(start: StartParser, timing: ParserTiming = parserTiming) {
    this.#start = start
    this.#timing = timing
  }

  /** How many archives are worth opening at once in the background. */
  readonly width = backgroundAtMost

  /**
   * Opens an archive that may be hostile, as `openArchive` promises, in a process of its own.
   * @throws FailureError `archive-…`, `file-unreadable`, `parser-died`
   */
  async open(request: OpenRequest): Promise<HostedArchive> {
    const place = this.#placeIn(request.lane)
    const { file, name, signal, password, mayBeOpaque = false, onProgress } = request
    place.open += 1
    const leave = (): void => {
      place.open -= 1
    }
    try {
      const opened = await place.client.call(
        'open',
        { file, name, mayBeOpaque, ...(password !== undefined && { password }) },
        { name, signal, ...(onProgress && { onProgress }) },
      )
      return new HostedArchive(place.client, name, opened, leave)
    } catch (error) {
      leave()
      throw error
    }
  }

  /**
   * Opens an archive in the background only to search it, as `searchArchive` promises.
   * @throws FailureError `archive-…`, `file-unreadable`, `parser-died`
   */
  async *search(
    input: CallInput<'search'>,
    options: { readonly signal: AbortSignal; readonly onProgress?: (bytesDone: number) => void },
  ): AsyncGenerator<CallBatch<'search'>, CallOutput<'search'>> {
    const place = this.#placeIn('background')
    place.open += 1
    try {
      return yield* place.client.stream('search', input, { name: input.name, ...options })
    } finally {
      place.open -= 1
    }
  }

  /** Ends every process. */
  [Symbol.dispose](): void {
    this.#front?.client.close()
    for (const { client } of this.#background) client.close()
    this.#background.length = 0
    this.#front = undefined
  }

  #placeIn(lane: Lane): PooledClient {
    if (lane === 'front') return (this.#front = this.#living(this.#front))
    const alive = this.#background.filter(({ client }) => client.isAlive)
    this.#background.length = 0
    this.#background.push(...alive)
    const [freest] = [...alive].sort((a, b) => a.open - b.open)
    if (freest !== undefined && (freest.open === 0 || alive.length >= backgroundAtMost)) return freest
    const place = this.#living(undefined)
    this.#background.push(place)
    return place
  }

  #living(place: PooledClient | undefined): PooledClient {
    return place?.client.isAlive === true
      ? place
      : { client: new ParserClient(this.#start, this.#timing), open: 0 }
  }
}
