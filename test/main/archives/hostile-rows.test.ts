import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { OpenArchive } from '../../../src/main/archives/archive.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { testContents } from '../../../src/main/archives/test-contents.ts'
import { verdictOf } from '../../../src/main/archives/verdict.ts'
import { hostileCases, type HostileCase, type Outcome } from '../../corpus/rows/index.ts'
import { failureOf, readWhole } from './outcomes.ts'

const signal = new AbortController().signal
const allRows = Array.from({ length: 58 }, (_, index) => `A${String(index + 1).padStart(2, '0')}`)
const ran = new Set<string>()

const titled = hostileCases.map(
  (hostile) => [hostile.row, hostile.title, demandOf(hostile.outcome), hostile] as const,
)

function demandOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'refuse':
      return `refused, ${outcome.code}`
    case 'view':
      return 'to be looked into only'
    case 'ok':
      return 'whole'
    case 'content':
      return `a content refused, ${outcome.code}`
  }
}

describe('every row of the table of hostile archives', () => {
  test.each(titled)('%s: %s: %s', async (_row, _title, _demand, hostile) => {
    const bytes = hostile.build()
    const before = digestOf(bytes)
    await assertOutcome(bytes, hostile)
    expect(digestOf(bytes)).toBe(before)
    ran.add(hostile.row)
  })

  test('no row is without a case that ran', () => {
    expect([...ran].sort()).toEqual(allRows)
  })
})

async function assertOutcome(bytes: Buffer, { outcome, options }: HostileCase): Promise<void> {
  const open = async (): Promise<OpenArchive> => openArchive(bytes, { name: 'hostile', ...options })
  if (outcome.kind === 'refuse') {
    const failure = await failureOf(async () => {
      await using archive = await open()
      return archive
    })
    expect(failure.code).toBe(outcome.code)
    return
  }
  await using archive = await open()
  switch (outcome.kind) {
    case 'view': {
      const found = Array.from(archive.entries(), ({ path, restriction }) => [path, restriction])
      expect(found).toEqual(outcome.entries)
      expect(verdictOf(archive.rows)).toEqual({ verdict: 'view', reasons: reasonsOf(outcome.entries) })
      return
    }
    case 'ok':
      expect(Array.from(archive.entries(), ({ path }) => path)).toEqual(outcome.paths)
      expect(verdictOf(archive.rows)).toEqual({ verdict: 'ok' })
      expect((await testContents(archive, { part: 0, parts: 1, signal })).bytes).toBe(archive.unpackedBytes)
      return
    case 'content':
      expect((await failureOf(async () => readWhole(archive, outcome.path))).code).toBe(outcome.code)
      expect((await failureOf(async () => readOnTheWay(archive))).code).toBe(outcome.code)
  }
}

async function readOnTheWay(archive: OpenArchive): Promise<void> {
  for await (const { content } of archive.readAll({ signal })) {
    for await (const piece of content) expect(piece.length).toBeGreaterThanOrEqual(0)
  }
}

/** How often each restriction is there, with the first path. */
function reasonsOf(entries: Extract<Outcome, { kind: 'view' }>['entries']): readonly unknown[] {
  const restricted = entries.flatMap(([path, restriction]) => (restriction ? [{ path, restriction }] : []))
  return [...new Set(restricted.map(({ restriction }) => restriction))].map((restriction) => {
    const same = restricted.filter((each) => each.restriction === restriction)
    return { restriction, entries: same.length, example: same[0]?.path }
  })
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
