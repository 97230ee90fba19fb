import type { FailureCode } from '../../shared/failure.ts'

/** What a reader says of bytes, and of what it was asked for. A new code of these must have its row below. */
type ReaderCode = Extract<
  FailureCode,
  | `archive-${string}`
  | 'entry-refused'
  | 'parser-died'
  | 'file-unreadable'
  | 'not-found'
  | 'bad-input'
  | 'cancelled'
>

/** What a failure of reading means to those who meet it. */
interface ReaderFailure {
  /** The parser process may answer with it; anything else that the process says is not from one of our readers. */
  readonly fromParser: boolean
  /** It is of one file or one archive inside, and a search goes on without that; any other ends the search. */
  readonly skippedInSearch: boolean
  /**
   * What becomes of the bytes of a file that is taken in; docs/vault-format.md says it in words. `where-named`: kept
   * only where they came from a device, or a person said what they are. `never`: not said of a file that is being
   * taken in.
   */
  readonly bytesKept: 'always' | 'where-named' | 'never'
}

const ofBytes: ReaderFailure = { fromParser: true, skippedInSearch: true, bytesKept: 'always' }
const ofNesting: ReaderFailure = { fromParser: true, skippedInSearch: true, bytesKept: 'never' }
const ofAsking: ReaderFailure = { fromParser: true, skippedInSearch: false, bytesKept: 'never' }

const meaning: Readonly<Record<ReaderCode, ReaderFailure>> = {
  'archive-truncated': ofBytes,
  'archive-structure': ofBytes,
  'archive-ambiguous': ofBytes,
  'archive-path': ofBytes,
  'archive-name': ofBytes,
  'archive-overlap': ofBytes,
  'archive-bomb': ofBytes,
  'archive-too-many': ofBytes,
  'archive-crc': ofBytes,
  'archive-size-lie': ofBytes,
  'archive-method': ofBytes,
  'archive-password': ofBytes,
  'entry-refused': ofBytes,
  'archive-not-recognised': { fromParser: true, skippedInSearch: true, bytesKept: 'where-named' },
  'archive-foreign': { fromParser: true, skippedInSearch: false, bytesKept: 'where-named' },
  'archive-nested-too-deep': ofNesting,
  'archive-nested-too-large': ofNesting,
  'archive-opaque': ofAsking,
  'file-unreadable': ofAsking,
  'not-found': ofAsking,
  'bad-input': ofAsking,
  cancelled: ofAsking,
  'archive-changed': { fromParser: false, skippedInSearch: false, bytesKept: 'never' },
  'parser-died': { fromParser: false, skippedInSearch: false, bytesKept: 'always' },
}

/** What a code means, or undefined where no reader fails with it. It may be any text, one of hostile hands, too. */
export function readerFailure(code: string): ReaderFailure | undefined {
  return Object.hasOwn(meaning, code) ? meaning[code as ReaderCode] : undefined
}
