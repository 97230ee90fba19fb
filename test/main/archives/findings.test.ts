import { describe, expect, test } from 'vitest'
import { findings } from '../../corpus/findings.ts'
import { refusal } from './outcomes.ts'

describe('what the reader once took for good, and others did not', () => {
  test.each(findings.map((finding) => [finding.what, finding] as const))(
    '%s',
    async (_what, { bytes, code }) => {
      expect(await refusal(bytes)).toBe(code)
    },
  )
})
