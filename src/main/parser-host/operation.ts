import type { FrontCache } from '../archives/front-cache.ts'
import type { MemoryBudget } from '../archives/memory-budget.ts'
import type { OpenArchive } from '../archives/open.ts'
import type { ArchiveReaderOf } from '../families/archive-reader.ts'
import type { CallBatch, CallInput, CallName, CallOutput } from './contract.ts'
import type { ArchiveHandle } from './contracts/call.ts'

/** What an operation works with, in the parser process. */
export interface OperationContext<Batch> {
  /** An archive that is open here. @throws FailureError `not-found` */
  readonly archive: (handle: ArchiveHandle) => OpenArchive
  readonly signal: AbortSignal
  /** Says how far it is, and that it lives: a call that is silent for long, and reads nothing, is ended. */
  readonly progress: (bytesDone: number) => void
  /** Sends something on the way; resolves when the reader can take more. */
  readonly emit: (batch: Batch) => Promise<void>
  /** For the archives that are opened here: reading is a sign of life. */
  readonly onRead: (bytes: number) => void
  readonly shelf: HandleShelf
  readonly memory: ParserMemory
  readonly readerOf: ArchiveReaderOf
}

/** What calls of one process hold in memory together, each with its cap. */
export interface ParserMemory {
  /** For archives inside archives. */
  readonly nested: MemoryBudget
  /** For paging through files. */
  readonly fronts: FrontCache
}

/** The archives that are open in this process. */
export interface HandleShelf {
  readonly put: (archive: OpenArchive, outer?: ArchiveHandle) => ArchiveHandle
  readonly close: (handle: ArchiveHandle) => Promise<void>
  /** An archive and those that it lies in, the file last. */
  readonly chain: (handle: ArchiveHandle) => readonly OpenArchive[]
}

export type Operation<N extends CallName> = (
  input: CallInput<N>,
  context: OperationContext<CallBatch<N>>,
) => Promise<CallOutput<N>> | CallOutput<N>

/** The operations for a group of calls; one that is missing does not compile. */
export type OperationsFor<Names extends CallName> = { readonly [N in Names]: Operation<N> }
