import type { z } from '../../shared/schema.ts'
import { archiveCalls } from './contracts/archive-calls.ts'
import { compareCalls } from './contracts/compare-calls.ts'
import { contentCalls } from './contracts/content-calls.ts'
import { lensCalls } from './contracts/lens-calls.ts'
import { searchCalls } from './contracts/search-calls.ts'
import { treeCalls } from './contracts/tree-calls.ts'

/**
 * Everything that is asked of the parser process, said once: what a call sends, what it answers, and what it gives on
 * the way. Operations and clients are typed from it. The process reads hostile bytes, so its answers are checked
 * against these schemas like those of a device.
 */
export const calls = {
  ...archiveCalls,
  ...lensCalls,
  ...treeCalls,
  ...contentCalls,
  ...compareCalls,
  ...searchCalls,
}

export type CallName = keyof typeof calls
export type CallInput<N extends CallName> = (typeof calls)[N]['input']
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>
/** What comes in batches before the answer. */
export type CallBatch<N extends CallName> = z.output<(typeof calls)[N]['batch']>
