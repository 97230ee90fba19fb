import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HttpViolation, type ResponseHead } from '../../../src/main/transport/http-head.ts'
import { ResponseReader } from '../../../src/main/transport/http-response.ts'

interface Read {
  readonly head: ResponseHead | undefined
  readonly body: string
  readonly isComplete: boolean
  readonly surplus: number
}

/** Reads bytes in pieces of the given size, as a connection might give them. */
function read(bytes: Buffer | string, { method = 'GET', pieceBytes = 1 << 20 } = {}): Read {
  const all = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes
  const body: Buffer[] = []
  let head: ResponseHead | undefined
  const reader = new ResponseReader(method, {
    onHead: (read) => {
      head = read
    },
    onContent: (content) => body.push(Buffer.from(content)),
  })
  let surplus = 0
  for (let at = 0; at < all.length && surplus === 0; at += pieceBytes) {
    surplus = reader.feed(Buffer.from(all.subarray(at, at + pieceBytes)))
  }
  return { head, body: Buffer.concat(body).toString('latin1'), isComplete: reader.isComplete, surplus }
}

const ok = 'HTTP/1.1 200 OK\r\n'
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`

test('an answer reads the same in pieces of every size', () => {
  const text =
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n' +
    `${chunked}4\r\nWiki\r\n6;name=value\r\npedia \r\nE \t\r\nin \r\n\r\nchunks.\r\n0\r\nX-Trailer: t\r\n\r\n`
  for (let pieceBytes = 1; pieceBytes <= text.length; pieceBytes += 1) {
    const { head, body, isComplete, surplus } = read(text, { pieceBytes })
    expect({ status: head?.status, body, isComplete, surplus }).toEqual({
      status: 200,
      body: 'Wikipedia in \r\n\r\nchunks.',
      isComplete: true,
      surplus: 0,
    })
  }
})

test('headers are read by their lower-case names, and several of a name are one list', () => {
  const { head } = read(
    `${ok}Content-TYPE:  text/plain \r\nSet-Cookie: a\r\nset-cookie: b\r\nEmpty:\r\nContent-Length: 0\r\n\r\n`,
  )
  expect({ ...head?.headers }).toEqual({
    'content-type': 'text/plain',
    'set-cookie': 'a, b',
    empty: '',
    'content-length': '0',
  })
  expect(({} as Record<string, unknown>)['content-type']).toBeUndefined()
})

test.each([
  ['HTTP/1.1', '', true],
  ['HTTP/1.1', 'Connection: close\r\n', false],
  ['HTTP/1.1', 'Connection: Keep-Alive, CLOSE\r\n', false],
  ['HTTP/1.0', '', false],
  ['HTTP/1.0', 'Connection: keep-alive\r\n', false],
])('%s with %j keeps the connection: %s', (version, header, keepsOpen) => {
  expect(read(`${version} 200 OK\r\n${header}Content-Length: 0\r\n\r\n`).head?.keepsOpen).toBe(keepsOpen)
})

test.each([
  ['HEAD', `${ok}Content-Length: 10\r\n\r\n`],
  ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n'],
])('after %s, %j is all there is', (method, text) => {
  expect(read(text, { method })).toMatchObject({ isComplete: true, body: '' })
})

test('an answer without a length lasts until the connection ends', () => {
  expect(read(`${ok}\r\nbody`)).toMatchObject({ isComplete: false, body: 'body' })
})

test('what comes after the end of an answer is not taken for a part of it', () => {
  expect(read(`${ok}Content-Length: 2\r\n\r\nab${ok}`).surplus).toBe(ok.length)
  expect(read(`${chunked}0\r\n\r\nmore`).surplus).toBe(4)
  expect(read('HTTP/1.1 204 No Content\r\n\r\nmore').surplus).toBe(4)
})

test.each([
  ['not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
  ['HTTP/2 in clear', 'HTTP/2 200\r\n\r\n'],
  ['status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
  ['status 999', 'HTTP/1.1 999 OK\r\n\r\n'],
  ['switching protocols', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n'],
  ['NUL in the status line', 'HTTP/1.1 200 O\0K\r\n\r\n'],
  ['a folded header', `${ok}A: b\r\n c\r\n\r\n`],
  ['a header without a name', `${ok}: b\r\n\r\n`],
  ['a space before the colon', `${ok}Content-Length : 5\r\n\r\n`],
  ['a bare LF in a header', `${ok}A: b\nContent-Length: 5\r\n\r\n`],
  ['a bare CR in a header', `${ok}A: b\rContent-Length: 5\r\n\r\n`],
  ['an escape sequence in a header', `${ok}A: \x1b[2J\r\n\r\n`],
  ['two lengths', `${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`],
  ['the same length twice', `${ok}Content-Length: 5\r\nContent-Length: 5\r\n\r\n`],
  ['a list of lengths', `${ok}Content-Length: 5, 5\r\n\r\n`],
  ['a negative length', `${ok}Content-Length: -1\r\n\r\n`],
  ['a length with a sign', `${ok}Content-Length: +5\r\n\r\n`],
  ['a length of 2^63', `${ok}Content-Length: 9223372036854775808\r\n\r\n`],
  ['a hexadecimal length', `${ok}Content-Length: 0x10\r\n\r\n`],
  ['an empty length', `${ok}Content-Length:\r\n\r\n`],
  ['a length and chunks', `${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`],
  ['packed and chunked', `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n`],
  ['two encodings', `${ok}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n`],
  ['two content types', `${ok}Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n`],
  ['a chunk size that is no number', `${chunked}zz\r\n`],
  ['a negative chunk size', `${chunked}-1\r\n`],
  ['a chunk size with a prefix', `${chunked}0x5\r\nabcde\r\n`],
  ['a chunk size of 2^63', `${chunked}8000000000000000\r\n`],
  ['an empty chunk size', `${chunked}\r\nabc`],
  ['a chunk longer than its size', `${chunked}3\r\nabcd\r\n`],
  ['a chunk line that ends with LF', `${chunked}3\nabc\r\n`],
  ['a chunk line without end', `${chunked}${'0'.repeat(20_000)}`],
  ['an endless chunk extension', `${chunked}5;${'x'.repeat(400)}\r\nabcde\r\n`],
  ['trailers without end', `${chunked}0\r\n${'X: y\r\n'.repeat(5_000)}`],
  ['a storm of 100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1_000)],
  ['a head of a megabyte', `${ok}A: ${'x'.repeat(1 << 20)}\r\n\r\n`],
  ['a status line without end', `HTTP/1.1 200 ${'x'.repeat(1 << 17)}`],
  ['10,000 headers', `${ok}${'A: b\r\n'.repeat(10_000)}\r\n`],
  ['300 headers', `${ok}${'A: b\r\n'.repeat(300)}\r\n`],
])('%s is refused in pieces of any size', (_what, text) => {
  for (const pieceBytes of text.length > 5_000 ? [1_000, 1 << 20] : [1, 2, 3, 7, 1 << 20]) {
    expect(() => read(text, { pieceBytes })).toThrow(HttpViolation)
  }
})

test('whatever bytes come, they are read, refused or waited for, and in pieces the same as at once', () => {
  const line = fc.constantFrom(
    '\r\n',
    '\n',
    '\r',
    ' ',
    ':',
    ';',
    '0',
    '5',
    'a',
    'chunked',
    'Content-Length',
    '\0',
  )
  const start = fc.constantFrom(ok, chunked, `${ok}Content-Length: 5\r\n\r\n`, 'HTTP/1.1 100 C\r\n\r\n', '')
  const outcome = (bytes: string, pieceBytes: number): unknown => {
    try {
      const { head, body, isComplete } = read(bytes, { pieceBytes })
      return { status: head?.status, body, isComplete }
    } catch (error) {
      expect(error).toBeInstanceOf(HttpViolation)
      return 'refused'
    }
  }
  fc.assert(
    fc.property(
      start,
      fc.array(fc.oneof(line, fc.string({ maxLength: 5 })), { maxLength: 30 }),
      (first, rest) => {
        const bytes = first + rest.join('')
        expect(outcome(bytes, 1)).toEqual(outcome(bytes, 1 << 20))
      },
    ),
    { numRuns: 3_000 },
  )
})
