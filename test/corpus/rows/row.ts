import { gzipSync } from 'node:zlib'
import type { FailureCode } from '../../../src/shared/failure.ts'
import type { OpenOptions } from '../../../src/main/archives/open.ts'
import type { Restriction } from '../../../src/shared/model/archive-verdict.ts'
import { buildTar } from '../tar-bytes.ts'
import { buildZip, type RawEntry } from '../zip-bytes.ts'

/** A row of the table of hostile archives, A01 to A58. */
export type RowId = `A${string}`

/**
 * What a row demands. `refuse`: it does not open. `view`: it opens, its entries carry these restrictions. `ok`: it opens,
 * it has these entries, and every content is whole. `content`: it opens, and this content fails when it is read.
 */
export type Outcome =
  | { readonly kind: 'refuse'; readonly code: FailureCode }
  | { readonly kind: 'view'; readonly entries: readonly RestrictedEntry[] }
  | { readonly kind: 'ok'; readonly paths: readonly string[] }
  | { readonly kind: 'content'; readonly path: string; readonly code: FailureCode }

export type RestrictedEntry = readonly [path: string, restriction: Restriction | undefined]

/** One hostile archive and what has to come of it. */
export interface HostileCase {
  readonly row: RowId
  readonly title: string
  /** Built when it is asked for: some are large. */
  readonly build: () => Buffer
  readonly outcome: Outcome
  readonly options?: OpenOptions
}

type Fixtures = Readonly<Record<string, Buffer | (() => Buffer)>>

function cases(row: RowId, outcome: Outcome, fixtures: Fixtures, options?: OpenOptions): HostileCase[] {
  return Object.entries(fixtures).map(([title, fixture]) => ({
    row,
    title,
    build: typeof fixture === 'function' ? fixture : () => fixture,
    outcome,
    ...(options && { options }),
  }))
}

export function refused(
  row: RowId,
  code: FailureCode,
  fixtures: Fixtures,
  options?: OpenOptions,
): readonly HostileCase[] {
  return cases(row, { kind: 'refuse', code }, fixtures, options)
}

export function viewed(
  row: RowId,
  entries: readonly RestrictedEntry[],
  fixtures: Fixtures,
  options?: OpenOptions,
): readonly HostileCase[] {
  return cases(row, { kind: 'view', entries }, fixtures, options)
}

export function whole(
  row: RowId,
  paths: readonly string[],
  fixtures: Fixtures,
  options?: OpenOptions,
): readonly HostileCase[] {
  return cases(row, { kind: 'ok', paths }, fixtures, options)
}

export function damaged(
  row: RowId,
  path: string,
  code: FailureCode,
  fixtures: Fixtures,
  options?: OpenOptions,
): readonly HostileCase[] {
  return cases(row, { kind: 'content', path, code }, fixtures, options)
}

/** The same case for each name, which is its title as well. */
export function byName(names: readonly string[], build: (name: string) => Buffer): Fixtures {
  return Object.fromEntries(names.map((name) => [shown(name), build(name)]))
}

function shown(name: string): string {
  const text = JSON.stringify(name)
  return text.length > 60 ? `${text.slice(0, 60)}… (${name.length} characters)` : text
}

/** A file with some content. */
export function file(name: string | Buffer, more: Partial<RawEntry> = {}): RawEntry {
  return { name, content: 'good', ...more }
}

export function zipOf(...names: readonly (string | Buffer)[]): Buffer {
  return buildZip(names.map((name) => file(name)))
}

export function tarOf(...names: readonly string[]): Buffer {
  return buildTar(...names.map((name) => ({ name, content: 'good' })))
}

/** A case of a tar, and the same in gzip: both have to come to the same. */
export function inGzipToo(hostile: HostileCase): readonly HostileCase[] {
  return [hostile, { ...hostile, title: `${hostile.title}, in gzip`, build: () => gzipSync(hostile.build()) }]
}
