import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newArchiveId, slugOf } from '../../../src/main/vault/archive-id.ts'
import { isPlainFileName, safeFileName } from '../../../src/main/vault/safe-file-name.ts'

describe('a safe file name', () => {
  test.each([
    ['setup_2026.zip', 'setup_2026.zip'],
    ['Sicherung Ölpresse (2).tar.gz', 'Sicherung Ölpresse (2).tar.gz'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..', 'archive'],
    ['', 'archive'],
    ['   ', 'archive'],
    ['C:\\Windows\\x.zip', 'C__Windows_x.zip'],
    ['a.zip:evil.exe', 'a.zip_evil.exe'],
    ['what?*<>|".zip', 'what______.zip'],
    ['a\0b\nc\u001b[31m.zip', 'a_b_c_[31m.zip'],
    ['invoice\u202Egpj.zip', 'invoice_gpj.zip'],
    ['no\u200Bspace\uFEFF.zip', 'no_space_.zip'],
    ['lone\uD800.zip', 'lone_.zip'],
    ['x.zip. . ', 'x.zip'],
    ['.hidden', 'hidden'],
    ['-rf', 'rf'],
    ['nul', '_nul'],
    ['NUL.tar.gz', '_NUL.tar.gz'],
    ['CON .zip', '_CON .zip'],
    ['com¹.txt', '_com¹.txt'],
    ['LPT0', '_LPT0'],
    ['CONIN$', '_CONIN$'],
    ['console.zip', 'console.zip'],
    ['record.json', '_record.json'],
    ['Record.JSON', '_Record.JSON'],
    ['backup.zip.part', 'backup.zip.part_'],
    ['a\u00A0b.zip', 'a b.zip'],
    ['O\u0308l.zip', 'Öl.zip'],
  ])('of %j is %j', (given, safe) => {
    expect(safeFileName(given)).toBe(safe)
  })

  test('is short, and keeps the end that tells the kind of file', () => {
    expect(safeFileName(`${'x'.repeat(500)}.tar.gz`)).toMatch(/^x{100,}\.tar\.gz$/)
    for (const sign of ['x', 'ö', '漢', '🏭']) {
      expect(Buffer.byteLength(safeFileName(sign.repeat(300)))).toBeLessThanOrEqual(120)
    }
  })

  test('is safe for any text, stays as it is when made again, and is accepted when read', () => {
    const nasty = fc.constantFrom(
      '.',
      ' ',
      '/',
      '\\',
      ':',
      '\0',
      'nul',
      'con',
      '.part',
      '.lock',
      'record.json',
      '\u0308',
      '\u202E',
      '-',
      'ß',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.oneof(nasty, fc.string({ unit: 'grapheme', maxLength: 40 })), { maxLength: 20 })
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (given) => {
        const safe = safeFileName(given)
        expect(safeFileName(safe)).toBe(safe)
        expect(isPlainFileName(safe)).toBe(true)
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(120)
        expect(safe).not.toMatch(/[/\\:*?"<>|]|^[.-]|[. ]$|\.part$/u)
        expect(safe.normalize('NFC')).toBe(safe)
      }),
      { numRuns: 5000 },
    )
  })

  test.each([
    '',
    '.',
    '..',
    'a/b',
    'a\\b',
    'a:b',
    'a\0',
    'record.json',
    'x.part',
    '.x',
    'x.',
    'x ',
    'NUL',
    'aux.zip',
  ])('is not %j when read from a record', (name) => {
    expect(isPlainFileName(name)).toBe(false)
  })
})

describe('an archive id', () => {
  const time = new Date('2026-03-01T10:00:05.678Z')

  test.each([
    ['Press 7', 'press-7'],
    ['Ölpresse / Halle 3', 'olpresse-halle-3'],
    ['Straße', 'strasse'],
    ['工場', 'device'],
    ['../..', 'device'],
    ['x'.repeat(200), 'x'.repeat(40)],
    [`${'x'.repeat(39)} y`, 'x'.repeat(39)],
  ])('tells the time and the device %j as %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
    expect(newArchiveId(time, name)).toMatch(new RegExp(`^20260301t100005z-${slug}-[0-9a-z]{6}$`))
  })

  test('is made for any name', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => newArchiveId(time, name).length <= 64))
  })
})
