import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openArchive } from '../../../src/main/archives/open.ts'

const mayBeOpaque = true
const sealed = Buffer.concat([Buffer.from('EPPS'), randomBytes(4000)])

test('a file that only its maker reads has no entries and is opened only where somebody said what it is', async () => {
  await expect(openArchive(sealed)).rejects.toThrow('archive-not-recognised')
  await using archive = await openArchive(sealed, { mayBeOpaque })
  expect(archive).toMatchObject({ container: 'opaque', count: 0, archiveBytes: 4004 })
  expect([...archive.entries()]).toEqual([])
  await expect(archive.readBytes('x', 10)).rejects.toThrow('archive-opaque')
})

test('what begins or ends like an archive is opened or refused as one, whatever was said of it', async () => {
  const empty = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])
  await using zip = await openArchive(empty, { mayBeOpaque })
  expect(zip.container).toBe('zip')
  await expect(openArchive(gzipSync(randomBytes(600)), { mayBeOpaque })).rejects.toThrow(/^archive-/)
  await expect(openArchive(Buffer.concat([sealed, empty]), { mayBeOpaque })).rejects.toThrow(
    'archive-ambiguous',
  )
})

test.each([
  ['nothing at all', ''],
  ['zeros', Buffer.alloc(5000)],
  ['a page that asks for a login', '<!doctype html><html><body>Login</body></html>'],
  ['a private key', '-----BEGIN PRIVATE KEY-----'],
])('%s is no backup, whatever was said of it', async (_what, content) => {
  await expect(openArchive(Buffer.from(content), { mayBeOpaque })).rejects.toThrow('archive-not-recognised')
})
