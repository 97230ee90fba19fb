import { FailureError } from '../../shared/failure.ts'
import type { ArchiveVerdict } from '../../shared/model/archive-verdict.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type { Container } from '../../shared/model/record.ts'
import type { PassingEntry, ReadOptions } from '../archives/archive.ts'
import type { ArchiveAccess } from '../archives/archive-access.ts'
import type { Segment } from '../archives/segment.ts'
import type { Selection, Survey } from '../archives/selection.ts'
import type { CallBatch, CallInput, CallName, CallOutput } from './contract.ts'
import type { Opened } from './contracts/archive-calls.ts'
import type { ArchiveHandle } from './contracts/call.ts'
import type { ParserClient } from './parser-client.ts'

/** The calls that are about one archive. */
type ArchiveCall = {
  [N in CallName]: CallInput<N> extends { readonly archive: ArchiveHandle } ? N : never
}[CallName]
type Rest<N extends ArchiveCall> = Omit<CallInput<N>, 'archive'>

interface Options {
  readonly signal: AbortSignal
  readonly onProgress?: (bytesDone: number) => void
}

/**
 * An archive that is open in a parser process. Whatever its bytes do there, this side only ever sees answers that fit
 * the contract, or a failure.
 */
export class HostedArchive implements ArchiveAccess {
  readonly name: string
  readonly handle: ArchiveHandle
  readonly container: Container
  readonly archiveBytes: number
  readonly count: number
  readonly unpackedBytes: number
  readonly verdict: ArchiveVerdict
  readonly #client: ParserClient
  readonly #onClose: () => void

  constructor(client: ParserClient, name: string, opened: Opened, onClose: () => void = () => undefined) {
    this.#client = client
    this.#onClose = onClose
    this.name = name
    this.handle = opened.archive
    this.container = opened.container
    this.archiveBytes = opened.archiveBytes
    this.count = opened.count
    this.unpackedBytes = opened.unpackedBytes
    this.verdict = opened.verdict
  }

  /** False once its process has ended; the archive has to be opened again then. */
  get isOpen(): boolean {
    return this.#client.isAlive
  }

  /** True where both are open in one process, so that one call can be about both. */
  isBeside(other: HostedArchive): boolean {
    return this.#client === other.#client
  }

  /** @throws FailureError what the operation throws, `cancelled`, `parser-died` */
  async call<N extends ArchiveCall>(name: N, rest: Rest<N>, options: Options): Promise<CallOutput<N>> {
    return await this.#client.call(name, this.#input(rest), { ...options, name: this.name })
  }

  /** As `call`, with what comes on the way. */
  stream<N extends ArchiveCall>(
    name: N,
    rest: Rest<N>,
    options: Options,
  ): AsyncGenerator<CallBatch<N>, CallOutput<N>> {
    return this.#client.stream(name, this.#input(rest), { ...options, name: this.name })
  }

  /** Opens an archive that lies in this one. @throws FailureError `archive-…`, `entry-refused`, `not-found` */
  async openInside(path: string, options: Options & { readonly password?: string }): Promise<HostedArchive> {
    const { password } = options
    const opened = await this.call(
      'openInside',
      { path, ...(password !== undefined && { password }) },
      options,
    )
    return new HostedArchive(this.#client, path.slice(path.lastIndexOf('/') + 1), opened)
  }

  async find(path: string): Promise<Entry | undefined> {
    return await this.call('entry', { path }, { signal: never })
  }

  async *entries(): AsyncGenerator<Entry> {
    for await (const batch of this.stream('entries', {}, { signal: never })) yield* batch
  }

  async *read(path: string, { signal, maxBytes }: ReadOptions): AsyncGenerator<Uint8Array> {
    yield* this.stream('read', { path, ...(maxBytes !== undefined && { maxBytes }) }, { signal })
  }

  async readBytes(path: string, maxBytes: number, signal: AbortSignal = never): Promise<Buffer> {
    const entry = await this.find(path)
    if (entry !== undefined && entry.sizeBytes > maxBytes) {
      const reason = `it has ${entry.sizeBytes} bytes, more than the ${maxBytes} that are read at once`
      throw new FailureError({ code: 'entry-refused', archive: this.name, entry: path, reason })
    }
    const pieces: Uint8Array[] = []
    for await (const piece of this.read(path, { signal })) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  async survey(selection: Selection, signal: AbortSignal): Promise<Survey> {
    return await this.call('survey', { selection }, { signal })
  }

  /** As `OpenArchive.readAll`: a content can be read once, before the next entry is asked for. */
  async *readAll(options: {
    readonly signal: AbortSignal
    readonly selection?: Selection
  }): AsyncGenerator<PassingEntry> {
    const { signal, selection = {} } = options
    const parts = partsOf(this.stream('readAll', { selection }, { signal }))
    let next = await parts.next()
    while (next.done !== true) {
      const { value } = next
      // Pieces of a content that nobody read.
      if (value.kind === 'piece') {
        next = await parts.next()
        continue
      }
      const passing = new Passing(parts)
      yield { entry: value.entry, content: passing.content() }
      next = await passing.following()
    }
  }

  replaced(path: string, content: Uint8Array, signal: AbortSignal): AsyncGenerator<Segment> {
    return this.stream('replaced', { path, content }, { signal })
  }

  async unsafeEntries(): Promise<readonly Entry[]> {
    return await this.call('unsafeEntries', {}, { signal: never })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#onClose()
    // With its process, an archive is closed already.
    if (this.#client.isAlive) await this.call('close', {}, { signal: never }).catch(ignoreDeath)
  }

  #input<N extends ArchiveCall>(rest: Rest<N>): CallInput<N> {
    // The rest of the input and the handle are the input; the compiler cannot put an Omit together again.
    return { ...rest, archive: this.handle }
  }
}

const never = new AbortController().signal

type Part = CallBatch<'readAll'>[number]

async function* partsOf(batches: AsyncIterable<CallBatch<'readAll'>>): AsyncGenerator<Part> {
  for await (const batch of batches) yield* batch
}

/** The content between one entry and the next. */
class Passing {
  readonly #parts: AsyncGenerator<Part>
  #following: IteratorResult<Part> | undefined

  constructor(parts: AsyncGenerator<Part>) {
    this.#parts = parts
  }

  async *content(): AsyncGenerator<Uint8Array> {
    while (this.#following === undefined) {
      const next = await this.#parts.next()
      if (next.done === true || next.value.kind === 'entry') this.#following = next
      else yield next.value.bytes
    }
  }

  async following(): Promise<IteratorResult<Part>> {
    return this.#following ?? (await this.#parts.next())
  }
}

function ignoreDeath(error: unknown): void {
  if (error instanceof FailureError && error.failure.code === 'parser-died') return
  throw error
}
