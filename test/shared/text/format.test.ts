import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDay,
  formatDuration,
  formatFingerprint,
  formatList,
  formatPercent,
  formatRate,
  formatSize,
  formatTime,
  formatTimeLeft,
} from '../../../src/shared/text/format.ts'

describe('sizes', () => {
  test.each([
    [0, '0 B', '0 B'],
    [1, '1 B', '1 B'],
    [1023, '1,023 B', '1.023 B'],
    [1024, '1.0 KiB', '1,0 KiB'],
    [1536, '1.5 KiB', '1,5 KiB'],
    [1_048_575, '1.0 MiB', '1,0 MiB'],
    [1_572_864, '1.5 MiB', '1,5 MiB'],
    [5 * 1024 ** 3, '5.0 GiB', '5,0 GiB'],
    [3 * 1024 ** 4, '3.0 TiB', '3,0 TiB'],
    [2 * 1024 ** 5, '2.0 PiB', '2,0 PiB'],
  ])('%d bytes are %s in English and %s in German', (bytes, english, german) => {
    expect(formatSize(bytes, 'en')).toBe(english)
    expect(formatSize(bytes, 'de')).toBe(german)
  })

  test('a size never shows 1024 of a unit that has a next one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        expect(formatSize(bytes, 'en')).not.toMatch(/^1,024\.?\d* (B|KiB|MiB|GiB|TiB)$/)
      }),
    )
  })

  test('bytes, counts and rates follow the language', () => {
    expect(formatBytes(1, 'en')).toBe('1 byte')
    expect(formatBytes(1_572_864, 'en')).toBe('1,572,864 bytes')
    expect(formatBytes(1_572_864, 'de')).toBe('1.572.864 Byte')
    expect(formatCount(12_408, 'de')).toBe('12.408')
    expect(formatRate(11.2 * 1024 * 1024, 'de')).toBe('11,2 MiB/s')
  })
})

describe('shares', () => {
  test('100 % is only said when it is all', () => {
    expect(formatPercent(0.9999, 'en')).toBe('99%')
    expect(formatPercent(1, 'en')).toBe('100%')
    expect(formatPercent(1.2, 'en')).toBe('100%')
    expect(formatPercent(-1, 'de')).toBe('0 %')
  })
})

describe('durations', () => {
  test.each([
    [0, '0 seconds', '0 Sekunden'],
    [1, '1 second', '1 Sekunde'],
    [59.6, '1 minute', '1 Minute'],
    [125, '2 minutes 5 seconds', '2 Minuten 5 Sekunden'],
    [3600, '1 hour', '1 Stunde'],
    [3780, '1 hour 3 minutes', '1 Stunde 3 Minuten'],
    [3605, '1 hour', '1 Stunde'],
    [90_000, '1 day 1 hour', '1 Tag 1 Stunde'],
    [172_800, '2 days', '2 Tage'],
  ])('%d seconds are "%s" and "%s"', (seconds, english, german) => {
    expect(formatDuration(seconds, 'en')).toBe(english)
    expect(formatDuration(seconds, 'de')).toBe(german)
  })

  test.each([
    [3, 'less than 10 seconds left', 'weniger als 10 Sekunden übrig'],
    [31, 'about 40 seconds left', 'noch etwa 40 Sekunden'],
    [58, 'about 1 minute left', 'noch etwa 1 Minute'],
    [170, 'about 3 minutes left', 'noch etwa 3 Minuten'],
    [3590, 'about 1 hour left', 'noch etwa 1 Stunde'],
    [4000, 'about 1 hour 5 minutes left', 'noch etwa 1 Stunde 5 Minuten'],
  ])('%d seconds left are told no finer than they are known', (seconds, english, german) => {
    expect(formatTimeLeft(seconds, 'en')).toBe(english)
    expect(formatTimeLeft(seconds, 'de')).toBe(german)
  })
})

describe('times', () => {
  const moment = '2026-11-21T06:05:09Z'

  test('a moment is shown in local time and told in UTC', () => {
    expect(formatTime(moment, 'en', { timeZone: 'Europe/Berlin' })).toEqual({
      local: '21 Nov 2026, 07:05',
      utc: '2026-11-21 06:05:09 UTC',
    })
    expect(formatTime(moment, 'de', { timeZone: 'Europe/Berlin' }).local).toBe('21.11.2026, 07:05')
    expect(formatTime(moment, 'de', { timeZone: 'Europe/Berlin', seconds: true }).local).toBe(
      '21.11.2026, 07:05:09',
    )
    expect(formatTime(Date.parse(moment), 'en', { timeZone: 'UTC' }).local).toBe('21 Nov 2026, 06:05')
    expect(formatDay(moment, 'de', { timeZone: 'Asia/Tokyo' })).toBe('21.11.2026')
  })

  test('what is not a moment is shown as it came', () => {
    expect(formatTime('yesterday', 'en')).toEqual({ local: 'yesterday', utc: 'yesterday' })
    expect(formatDay('', 'de')).toBe('')
    expect(formatAge('soon', 0, 'en')).toBe('soon')
  })

  test.each([
    [-30, 'just now', 'gerade eben'],
    [-60, '1 minute ago', 'vor 1 Minute'],
    [-7200, '2 hours ago', 'vor 2 Stunden'],
    [-259_200, '3 days ago', 'vor 3 Tagen'],
    [-1_209_600, '2 weeks ago', 'vor 2 Wochen'],
    [-7_776_000, '3 months ago', 'vor 3 Monaten'],
    [-63_072_000, '2 years ago', 'vor 2 Jahren'],
    [7200, 'in 2 hours', 'in 2 Stunden'],
  ])('a moment %d seconds away is "%s" and "%s"', (seconds, english, german) => {
    const now = Date.parse(moment)
    expect(formatAge(now + seconds * 1000, now, 'en')).toBe(english)
    expect(formatAge(now + seconds * 1000, now, 'de')).toBe(german)
  })
})

describe('words and fingerprints', () => {
  test('words in a row end with the language\u2019s own "and"', () => {
    expect(formatList(['A', 'B', 'C'], 'en')).toBe('A, B and C')
    expect(formatList(['A', 'B'], 'de')).toBe('A und B')
  })

  test('a hex fingerprint is grouped as openssl prints it and other kinds are left alone', () => {
    expect(formatFingerprint('00ffa1')).toBe('00:FF:A1')
    expect(formatFingerprint('SHA256:abc')).toBe('SHA256:abc')
    expect(formatFingerprint('abc')).toBe('abc')
    expect(formatFingerprint('')).toBe('')
  })
})
