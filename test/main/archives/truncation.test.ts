import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { buildTar } from '../../corpus/tar-bytes.ts'
import { buildZip, descriptor } from '../../corpus/zip-bytes.ts'
import { refusal } from './outcomes.ts'

const content = Buffer.from('content that is long enough to be packed, packed, packed, packed')

describe('A39: an archive that breaks off at any byte', () => {
  test('a zip', async () => {
    const behind = descriptor(content, content.length, { signature: true, long: false })
    const zip = buildZip(
      [
        { name: 'a', content },
        { name: 'b', content, method: 0, flags: 8, behind },
        { name: 'd/', content: '' },
      ],
      { end: { comment: Buffer.from('a comment') } },
    )
    for (let length = 0; length < zip.length; length += 1) {
      const code = await refusal(zip.subarray(0, length))
      expect(code).toBe(length === 0 ? 'archive-not-recognised' : 'archive-truncated')
    }
  })

  test('a zip with zip64 records', async () => {
    const zip = buildZip([{ name: 'a', content }], { zip64: {} })
    for (let length = 1; length < zip.length; length += 1) {
      expect(await refusal(zip.subarray(0, length))).toBe('archive-truncated')
    }
  })

  test('a zip that holds a stored zip', async () => {
    const inner = buildZip([{ name: 'a', content }])
    const zip = buildZip([{ name: 'inner.zip', content: inner, method: 0 }])
    for (let length = 1; length < zip.length; length += 1) {
      expect(await refusal(zip.subarray(0, length))).toMatch(/^archive-(truncated|ambiguous|structure)$/)
    }
  })

  test('a tar', async () => {
    const tar = buildTar({ name: 'a', content }, { name: 'b/', type: '5' }, { name: 'c', content })
    for (let length = 0; length < tar.length; length += 1) {
      const code = await refusal(tar.subarray(0, length))
      if (length >= 262) expect(code).toBe('archive-truncated')
      else expect(code).toBe('archive-not-recognised')
    }
  })

  test('a tar in gzip', async () => {
    const packed = gzipSync(
      buildTar({ name: 'a', content }, { name: 'b/', type: '5' }, { name: 'c', content }),
    )
    for (let length = 0; length < packed.length; length += 1) {
      const code = await refusal(packed.subarray(0, length))
      expect(code).toBe(length === 0 ? 'archive-not-recognised' : 'archive-truncated')
    }
  })
})
