import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareMeaning, type MeaningOptions } from '../../../src/main/archives/meaning-compare.ts'
import { meaningChangesAtMost, type Meaning } from '../../../src/shared/model/comparison.ts'

const signal = new AbortController().signal

async function compared(
  before: unknown,
  after: unknown,
  options: Partial<MeaningOptions> = {},
): Promise<Meaning> {
  const meaning = await compareMeaning(JSON.stringify(before), JSON.stringify(after), { signal, ...options })
  expect(meaning).toBeDefined()
  return meaning!
}
const lines = ({ changes }: Meaning): readonly string[] =>
  changes.map(({ change, path, before, after }) => [change, path, before ?? '-', after ?? '-'].join(' '))

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

// None of these names tells things in lists apart or is that of a secret; both have tests of their own.
const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'with.dot', 'with[bracket]', '')
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
      fc.string({ unit: 'binary' }),
    ),
    fc.array(tie('json'), { maxLength: 6 }),
    fc.dictionary(name, tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The same with the keys of every object turned round, written out by hand since an object orders some keys itself. */
function turnedText(value: Json): string {
  if (Array.isArray(value)) return `[ ${value.map(turnedText).join(' , ')} ]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)} :\n${turnedText(each)}`)
  return `{${members.reverse().join(',\t')}}`
}

type Way = readonly (string | number)[]

function leavesOf(value: Json, way: Way = []): readonly Way[] {
  if (Array.isArray(value)) return value.flatMap((each: Json, at) => leavesOf(each, [...way, at]))
  if (isObject(value)) return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...way, key]))
  return [way]
}

function changedAt(value: Json, [first, ...rest]: Way, to: Json): Json {
  if (first === undefined) return to
  if (Array.isArray(value))
    return value.map((each: Json, at) => (at === first ? changedAt(each, rest, to) : each))
  const entries = Object.entries(value as { readonly [name: string]: Json })
  return Object.fromEntries(
    entries.map(([key, each]) => [key, key === first ? changedAt(each, rest, to) : each]),
  )
}

function written(way: Way): string {
  return way
    .map((step) => {
      if (typeof step === 'number') return `[${String(step)}]`
      return /^\w+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
    })
    .join('')
    .replace(/^\./, '')
}

describe('two documents compared by what they mean', () => {
  test('the order of keys and the blanks between them mean nothing', async () => {
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const meaning = await compareMeaning(JSON.stringify(value), turnedText(value), { signal })
        expect(meaning).toEqual({ changes: [], total: 0, noise: 0 })
      }),
      { numRuns: 300 },
    )
  })

  test('one value that is another is one change at its place', async () => {
    await fc.assert(
      fc.asyncProperty(json, fc.nat(), async (value, choice) => {
        const leaves = leavesOf(value)
        fc.pre(leaves.length > 0)
        const way = leaves[choice % leaves.length]!
        const meaning = await compared(value, changedAt(value, way, 'another value'))
        expect(meaning.changes).toHaveLength(1)
        expect(meaning.changes[0]).toMatchObject({
          path: written(way),
          change: 'changed',
          after: '"another value"',
        })
      }),
      { numRuns: 300 },
    )
  })

  test('what is read agrees with JSON.parse on what is JSON at all', async () => {
    const almost = fc.oneof(
      json.map((value) => JSON.stringify(value)),
      fc.string({
        unit: fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          ':',
          ',',
          '"',
          '\\',
          ' ',
          '0',
          '1',
          '-',
          '.',
          'e',
          'true',
          'null',
        ),
      }),
    )
    await fc.assert(
      fc.asyncProperty(almost, fc.nat(), async (text, at) => {
        const cut = text.slice(0, at % (text.length + 1))
        for (const each of [text, cut]) {
          const meaning = await compareMeaning(each, each, { signal })
          expect(meaning !== undefined).toBe(isJson(each))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('things in lists are told apart by their id or their name', async () => {
    const before = {
      users: [
        { name: 'a', age: 1 },
        { name: 'b', age: 2 },
        { name: 'c', age: 3 },
      ],
    }
    const after = {
      users: [
        { name: 'a', age: 1 },
        { name: 'c', age: 4 },
        { name: 'd', age: 5 },
      ],
    }
    expect(lines(await compared(before, after))).toEqual([
      'removed users[b] {"name":"b","age":2} -',
      'changed users[c].age 3 4',
      'added users[d] - {"name":"d","age":5}',
    ])
  })

  test('another order of the same things is one change of its own', async () => {
    const [a, b] = [{ id: 'a' }, { id: 'b' }]
    expect(lines(await compared([a, b], [b, a]))).toEqual(['reordered  a, b b, a'])
  })

  test('something put in between leaves the rest as it is', async () => {
    expect(lines(await compared([1, 2, 3, 4], [1, 9, 2, 3, 5]))).toEqual(['added [1] - 9', 'changed [4] 4 5'])
    expect(lines(await compared([1, 2, 3], [1, 3]))).toEqual(['removed [1] 2 -'])
  })

  test('numbers are compared by value, and long ones digit by digit', async () => {
    const of = async (a: string, b: string): Promise<number> =>
      (await compareMeaning(a, b, { signal }))!.total
    expect(await of('1.0', '1')).toBe(0)
    expect(await of('1', '"1"')).toBe(1)
    expect(await of('12345678901234567890', '12345678901234567891')).toBe(1)
  })

  test('of a secret it is said that it differs, and not what it is', async () => {
    const secrets = (value: string) => ({
      user: { name: 'a', passwordHash: value, wifi: { psk: { plain: value } } },
      added: value === 'xyz-old' ? undefined : { privateKey: value },
    })
    const meaning = await compared(secrets('xyz-old'), secrets('xyz-new'))
    expect(meaning.changes).toEqual([
      { path: 'user.passwordHash', change: 'changed', isSecret: true },
      { path: 'user.wifi.psk', change: 'changed', isSecret: true },
      { path: 'added', change: 'added', after: '{"privateKey":"••••••"}' },
    ])
    expect(JSON.stringify(meaning)).not.toContain('xyz')
  })

  test('of very many changes the first are given and all are counted', async () => {
    const document = (value: number) =>
      Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, value]))
    const meaning = await compared(document(1), document(2))
    expect(meaning.total).toBe(5000)
    expect(meaning.changes).toHaveLength(meaningChangesAtMost)
  })

  test('long values and paths are clipped', async () => {
    const long = 'x'.repeat(100_000)
    const [change] = (await compared({ [long]: long }, { [long]: 'y' })).changes
    expect(change!.before!.length).toBeLessThan(400)
    expect(change!.path.length).toBeLessThan(1100)
  })

  test('noise has its code and is counted apart, and never takes the room of what matters', async () => {
    const positions = (x: number, matters: string) => [
      ...Array.from({ length: 3000 }, (_, id) => ({ id: String(id), x })),
      { id: 'last', name: matters },
    ]
    const filters = [
      {
        kind: 'value',
        code: 'canvas-position',
        in: () => true,
        isNoise: ({ steps }) => steps.some((step) => step.kind === 'member' && step.name === 'x'),
      },
    ] as const satisfies MeaningOptions['filters']
    const meaning = await compared(positions(1, 'old'), positions(2, 'new'), { filters })
    expect(meaning).toMatchObject({ total: 3001, noise: 3000 })
    expect(meaning.changes.filter(({ noise }) => noise === undefined).map(({ path }) => path)).toEqual([
      '[last].name',
    ])
  })

  test('what came or went whole is noise where all of it is', async () => {
    const filters = [
      {
        kind: 'value',
        code: 'file-references',
        in: () => true,
        isNoise: ({ steps }) => steps.some((step) => step.kind === 'member' && step.name === '$path'),
      },
    ] as const satisfies MeaningOptions['filters']
    const noiseOf = async (value: unknown) => (await compared({ apps: value }, {}, { filters })).noise
    expect(await noiseOf({ one: { $path: '/a' }, two: [{ $path: '/b' }] })).toBe(1)
    expect(await noiseOf({ one: { $path: '/a' }, two: [{ $path: '/b', size: 1 }] })).toBe(0)
    expect(await noiseOf({})).toBe(0)
  })
})

describe('documents that are made to hurt', () => {
  const unread = async (text: string): Promise<boolean> =>
    (await compareMeaning(text, text, { signal })) === undefined

  test('are no documents where they are nested very deep or hold a key twice', async () => {
    expect(await unread('['.repeat(100_000) + ']'.repeat(100_000))).toBe(true)
    expect(await unread('{"a":'.repeat(100_000))).toBe(true)
    expect(await unread('{"a":1,"a":2}')).toBe(true)
    expect(await unread('{"a":1,"\\u0061":2}')).toBe(true)
  })

  test('a million keys are counted out without a long pause', async () => {
    const text = `{${Array.from({ length: 1_000_000 }, (_, at) => `"k${at}":0`).join()}}`
    const { pauseMs, wholeMs } = await timed(async () => expect(await unread(text)).toBe(true))
    expect(pauseMs).toBeLessThan(Math.max(200, wholeMs / 4))
  })

  test('as many values as are allowed are compared without a long pause', async () => {
    const of = (is: number): string =>
      JSON.stringify(Array.from({ length: 160_000 }, (_, at) => ({ at, is })))
    const [before, after] = [of(1), of(2)]
    let meaning: Meaning | undefined
    const { pauseMs, wholeMs } = await timed(async () => {
      meaning = await compareMeaning(before, after, { signal })
    })
    expect(meaning?.total).toBe(160_000)
    expect(pauseMs).toBeLessThan(Math.max(200, wholeMs / 4))
  })

  test('stops when it is told to', async () => {
    const text = JSON.stringify(Array.from({ length: 100_000 }, (_, at) => at))
    const stopped = AbortSignal.abort(new Error('stopped'))
    await expect(compareMeaning(text, text, { signal: stopped })).rejects.toThrow('stopped')
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** How long work took, and the longest time in which nothing else could run. */
async function timed(
  work: () => Promise<unknown>,
): Promise<{ readonly pauseMs: number; readonly wholeMs: number }> {
  const began = performance.now()
  let pauseMs = 0
  let last = began
  const look = (): void => {
    const now = performance.now()
    pauseMs = Math.max(pauseMs, now - last)
    last = now
  }
  const timer = setInterval(look, 5)
  await work()
  clearInterval(timer)
  look()
  return { pauseMs, wholeMs: last - began }
}
