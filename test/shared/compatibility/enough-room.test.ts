import { expect, test } from 'vitest'
import { check } from '../../../src/shared/compatibility/check.ts'
import { pairRules } from '../../../src/shared/compatibility/generic-rules.ts'
import type { Finding } from '../../../src/shared/model/finding.ts'
import { fact } from '../../../src/shared/model/identity.ts'
import { findingText } from '../../../src/shared/text/index.ts'
import { sampleIdentity, sampleRecord } from '../../main/families/linux-host/sample.ts'

function room(
  neededBytes: number | undefined,
  freeBytes: number | undefined,
  serial: string,
  container: 'zip' | 'opaque' = 'zip',
): Finding {
  const target = sampleIdentity({ serial })
  const { findings } = check(pairRules, {
    record: { ...sampleRecord(), container },
    archive: { source: sampleIdentity(), unsafeEntries: [], hashMatches: true, unpackedBytes: neededBytes },
    target:
      freeBytes === undefined ? target : { ...target, freeBytes: fact(freeBytes, 'probed', target.readAt) },
    targetDevice: { name: 'Line 3', pinned: true },
  })
  const finding = findings.find(({ rule }) => rule === 'G4')
  if (!finding) throw new Error('no finding of G4')
  return finding
}

const same = 'a'.repeat(32)
const other = 'b'.repeat(32)

test.each([
  [100, 200, other, 'pass', 'enough'],
  [100, 199, other, 'caution', 'tight'],
  [100, 99, other, 'blocker', 'too-little'],
  [100, 99, same, 'caution', 'replaces'],
  [100, undefined, other, 'unknown', 'device-unknown'],
  [undefined, 100, other, 'unknown', 'archive-unknown'],
] as const)(
  '%s bytes needed and %s free on serial %s is a %s (%s)',
  (needed, free, serial, result, reason) => {
    const finding = room(needed, free, serial)
    expect(finding).toMatchObject({ result, reason, hard: false, overridable: true })
    for (const language of ['en', 'de'] as const) {
      expect(findingText(finding, language).title).not.toContain('G4.')
    }
  },
)

test('a file that only its maker reads does not ask to be opened', () => {
  const finding = room(undefined, 100, other, 'opaque')
  expect(finding).toMatchObject({ result: 'unknown', reason: 'archive-opaque' })
  for (const language of ['en', 'de'] as const) {
    expect(findingText(finding, language).title).not.toContain('G4.')
    expect(findingText(finding, language).remedy).not.toMatch(/Open the archive|Öffnen Sie das Archiv/)
  }
})
