import { expect, test } from 'vitest'
import { rangesOf, twoOf } from '../../../../src/renderer/features/history/version-ranges.ts'
import type { FileVersion } from '../../../../src/shared/model/history.ts'
import { archiveIdSchema } from '../../../../src/shared/model/record.ts'

/** One version a day, the newest first: its content, `-` where it is not there, `!` where it could not be read. */
function history(contents: string): readonly FileVersion[] {
  return Array.from(contents).map((content, index) => {
    const day = String(28 - index).padStart(2, '0')
    return {
      archiveId: archiveIdSchema.parse(`202603${day}t100000z-press-7-100000`),
      takenAt: `2026-03-${day}T10:00:00.000Z`,
      ...(/[a-z]/.test(content) && { file: { sizeBytes: 1, sha256: content } }),
      isSame: content !== '-' && content !== '!' && contents[index + 1] === content,
      ...(content === '!' && { failure: { code: 'archive-opaque', archive: 'x' } as const }),
    }
  })
}

const shape = (contents: string): string =>
  rangesOf(history(contents))
    .map(({ file, failure, backups }) => `${failure ? '!' : (file?.sha256 ?? '-')}${String(backups)}`)
    .join(' ')

test('backups with the same content are one range, and so are those without the file', () => {
  expect(shape('aaabba')).toBe('a3 b2 a1')
  expect(shape('aa--a')).toBe('a2 -2 a1')
  expect(shape('')).toBe('')
})

test('what could not be read is the same as nothing', () => {
  expect(shape('a!!a')).toBe('a1 !1 !1 a1')
})

test('the two newest versions are shown until two are chosen, the older one first', () => {
  const ranges = rangesOf(history('a!-bbc'))
  const shown = (chosen: readonly number[]) =>
    twoOf(ranges, new Set(chosen.map((at) => ranges[at]!.archiveId)))?.map(({ file }) => file?.sha256)
  expect(shown([])).toEqual(['b', 'a'])
  expect(shown([4, 0])).toEqual(['c', 'a'])
  expect(shown([0])).toBeUndefined()
  expect(twoOf(rangesOf(history('aaa')), new Set())).toBeUndefined()
})
