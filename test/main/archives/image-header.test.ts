import { describe, expect, test } from 'vitest'
import { imageHeader } from '../../../src/main/archives/image-header.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { previewEntry, previewOf } from '../../../src/main/archives/preview.ts'
import { bmp, gif, jpeg, png, webp } from '../../corpus/image-bytes.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'

describe('the header of a picture says how large it is', () => {
  test.each([
    ['image/png', png(300, 200)],
    ['image/gif', gif(300, 200)],
    ['image/bmp', bmp(300, 200)],
    ['image/bmp', bmp(300, -200)],
    ['image/jpeg', jpeg(300, 200)],
    ['image/jpeg', jpeg(300, 200, 0xc2)],
    ['image/webp', webp('VP8 ', 300, 200)],
    ['image/webp', webp('VP8L', 300, 200)],
    ['image/webp', webp('VP8X', 300, 200)],
  ])('%s', (type, bytes) => {
    expect(imageHeader(bytes)).toEqual({ type, width: 300, height: 200 })
  })

  test('and one that is cut anywhere in its header is no picture', () => {
    for (const bytes of [png(3, 2), gif(3, 2), bmp(3, 2), jpeg(3, 2), webp('VP8X', 3, 2)]) {
      const size = imageHeader(bytes)
      for (let length = 0; length < bytes.length; length += 1) {
        const found = imageHeader(bytes.subarray(0, length))
        expect(found === undefined || found.width === size?.width).toBe(true)
      }
      expect(imageHeader(bytes.subarray(0, 8))).toBeUndefined()
    }
  })

  test.each([
    ['without any width', png(0, 5)],
    ['without any height', gif(5, 0)],
    ['of a kind that is not shown', Buffer.from('II*\0\x08\0\0\0', 'latin1')],
    ['whose segments lead nowhere', Buffer.from('ffd8ffe10000ffe1', 'hex')],
    ['that is markup', Buffer.from('<svg width="1" height="1"/>')],
  ])('a picture %s has none', (_, bytes) => {
    expect(imageHeader(bytes)).toBeUndefined()
  })
})

describe('a picture is shown', () => {
  const whole = (bytes: Buffer, sizeBytes = bytes.length): string =>
    previewOf('a', bytes, { sizeBytes, reveal: false }).kind

  test('A58: as long as it has at most 40 megapixels, whatever its header promises', () => {
    expect(whole(png(8000, 5000))).toBe('image')
    expect(whole(png(8001, 5000))).toBe('hex')
    expect(whole(png(0xffffffff, 0xffffffff))).toBe('hex')
    expect(whole(png(40_000_000, 1))).toBe('hex')
  })

  test('A58: as long as it has at most 16 MiB, and only whole', () => {
    expect(whole(Buffer.concat([png(10, 10), Buffer.alloc(1000)]))).toBe('image')
    expect(whole(png(10, 10), 5000)).toBe('hex')
    expect(whole(Buffer.concat([png(10, 10), Buffer.alloc(16 * 1024 * 1024)]))).toBe('hex')
  })

  test('with all of its bytes, of which the first say that it is one', async () => {
    const bytes = Buffer.concat([png(10, 10), Buffer.alloc(3 * 1024 * 1024, 7)])
    await using archive = await openArchive(buildZip([{ name: 'logo', content: bytes }]))
    const shown = await previewEntry(archive, 'logo')
    expect(shown).toMatchObject({ kind: 'image', type: 'image/png', width: 10, height: 10, truncated: false })
    expect(shown.kind === 'image' && Buffer.from(shown.bytesBase64, 'base64').equals(bytes)).toBe(true)
  })
})
