/** First bytes of what people and devices hand out in place of an archive. */
const signatures: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['ZIP archive', Buffer.from('PK\x03\x04', 'latin1')],
  ['gzip file', Buffer.from([0x1f, 0x8b])],
  ['xz file', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a])],
  ['bzip2 file', Buffer.from('BZh')],
  ['Zstandard file', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['7-Zip archive', Buffer.from([0x37, 0x7a, 0xbc, 0xaf])],
  ['RAR archive', Buffer.from('Rar!')],
  ['SquashFS image', Buffer.from('hsqs')],
  ['Windows program', Buffer.from('MZ')],
  ['Linux program', Buffer.from([0x7f, 0x45, 0x4c, 0x46])],
  ['PDF document', Buffer.from('%PDF')],
  ['PNG picture', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ['JPEG picture', Buffer.from([0xff, 0xd8, 0xff])],
  ['private or public key', Buffer.from('-----BEGIN ')],
]

/** Says in a few words what bytes are that are no archive, from their first 512 or more. */
export function looksLike(start: Buffer): string {
  if (start.length === 0) return 'empty file'
  if (start.every((byte) => byte === 0)) return 'file of zeros'
  const known = signatures.find(([, bytes]) => start.subarray(0, bytes.length).equals(bytes))
  if (known !== undefined) return known[0]
  const text = start
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (/^(<!--[^]*?-->\s*)?<(!doctype html|html|head|body)\b/i.test(text)) return 'web page'
  if (text.startsWith('<?xml')) return 'XML document'
  if (/^[{[]\s*["{[\]}0-9-]/.test(text)) return 'JSON document'
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text.slice(0, -1)) ? 'unknown data' : 'plain text'
}

/** True for descriptions that would fit the first bytes of a tar as well. */
export function isVague(description: string): boolean {
  return ['plain text', 'unknown data', 'file of zeros', 'empty file'].includes(description)
}
