import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hitsAtMost, type SearchState } from '../../../src/shared/model/search.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { failureOf } from '../archives/outcomes.ts'
import { contents, lathe, names, newSearching } from './searching.ts'

const motor = (speed: number) => [
  { name: 'etc/motor.ini', content: `speed=${String(speed)}\nsetpoint=42\n` },
  { name: 'etc/other.ini', content: 'nothing' },
]

describe('a search over the vault', () => {
  test('finds files by their contents and by their names, in all archives', async () => {
    const { store, search, find } = await newSearching()
    const [old, young] = [await store(motor(1)), await store(motor(2), lathe)]
    const state = await find(contents('SETPOINT'))
    expect(state).toMatchObject({
      phase: 'done',
      archivesDone: 2,
      archivesTotal: 2,
      archivesWithHits: 2,
      hits: 2,
      isCapped: false,
      skipped: [],
    })
    expect(state.bytesDone).toBe(2 * 27)
    const hits = search.hits(state.id, 0, 500)
    expect(hits.map(({ archiveId }) => archiveId).toSorted()).toEqual([old.id, young.id].toSorted())
    expect(hits[0]).toMatchObject({
      inside: [],
      path: 'etc/motor.ini',
      content: { line: 2, match: 'setpoint', after: '=42' },
    })
    expect(search.hits(state.id, 1, 500)).toEqual(hits.slice(1))
    expect(await find(names('ETC/'))).toMatchObject({ hits: 4 })
  })

  test('looks only where it was told to', async () => {
    const { store, search } = await newSearching()
    const [first] = [await store(motor(1)), await store(motor(2), lathe), await store(motor(3), lathe)]
    const ofDevice = await search.start(contents('setpoint'), { kind: 'device', deviceId: lathe })
    expect(ofDevice).toMatchObject({ archivesTotal: 2 })
    expect(await search.ended(ofDevice.id)).toMatchObject({ hits: 2 })
    const ofArchive = await search.start(contents('setpoint'), { kind: 'archive', archiveId: first.id })
    expect(await search.ended(ofArchive.id)).toMatchObject({ hits: 1, archivesTotal: 1, archivesDone: 1 })
    const { archiveId } = { archiveId: `${first.id.slice(0, -1)}${first.id.endsWith('0') ? '1' : '0'}` }
    const failure = await failureOf(
      async () =>
        await search.start(names('a'), { kind: 'archive', archiveId: archiveId as typeof first.id }),
    )
    expect(failure.code).toBe('not-found')
  })

  test('names every archive, and every place in one, that it could not look into', async () => {
    const { store, find } = await newSearching()
    const refused = await store(buildZip(motor(1)).subarray(0, 100))
    const opaque = await store(randomBytes(2000))
    const inner = Buffer.from(buildZip(motor(1)))
    inner.fill(0x55, inner.length - 10)
    const partly = await store([{ name: 'inner.zip', content: inner }, ...motor(2)])
    const state = await find(contents('setpoint'))
    expect(state).toMatchObject({ phase: 'done', hits: 1, archivesDone: 3, skippedCount: 3 })
    expect(state.skipped.map(({ archiveId, inside }) => [archiveId, inside]).toSorted()).toEqual(
      [
        [refused.id, []],
        [opaque.id, []],
        [partly.id, ['inner.zip']],
      ].toSorted(),
    )
    for (const { failure } of state.skipped) expect(failure.code).toMatch(/^archive-/)
  })

  test('is cancelled within half a second, keeps what it found, and tells it once', async () => {
    const { store, search } = await newSearching()
    const zeros = Buffer.alloc(150_000_000)
    await store([{ name: 'zeros', content: zeros }])
    await store(motor(1))
    const states: SearchState[] = []
    search.onChange((state) => states.push(state))
    const { id } = await search.start(contents('setpoint'), { kind: 'vault' })
    await new Promise((resolve) => setTimeout(resolve, 150))
    const asked = performance.now()
    expect(search.cancel(id)).toBe(true)
    const state = await search.ended(id)
    expect(performance.now() - asked).toBeLessThan(500)
    expect(state).toMatchObject({ phase: 'cancelled' })
    expect(search.cancel(id)).toBe(false)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(states.filter(({ phase }) => phase === 'cancelled')).toHaveLength(1)
    expect(states.at(-1)).toEqual(state)
  })

  test('ends with as many hits as are kept, and says that there are more', async () => {
    const { store, search, find } = await newSearching()
    const many = Array.from({ length: hitsAtMost / 2 + 1 }, (_, index) => ({
      name: `motor-${String(index)}`,
    }))
    await store(many)
    expect(await find(names('motor'))).toMatchObject({ hits: many.length, isCapped: false })
    await store(many)
    const state = await find(names('motor'))
    expect(state).toMatchObject({ phase: 'done', hits: hitsAtMost, isCapped: true })
    expect(search.hits(state.id, hitsAtMost - 2, 500)).toHaveLength(2)
  })

  test('tells at most ten times a second', async () => {
    const { store, search, find } = await newSearching()
    for (let count = 0; count < 30; count += 1) await store(motor(count))
    let told = 0
    search.onChange(() => (told += 1))
    const began = performance.now()
    await find(contents('setpoint'))
    expect(told).toBeGreaterThan(0)
    expect(told).toBeLessThanOrEqual(2 + (performance.now() - began) / 100)
  })

  test('one large zip is shared out, and nothing of it is found twice', async () => {
    const { store, search, find } = await newSearching()
    const files = Array.from({ length: 100 }, (_, index) => ({
      name: `f-${String(index)}`,
      content: 'setpoint',
    }))
    await store(files)
    const state = await find(contents('setpoint'))
    expect(state).toMatchObject({ hits: 100, archivesDone: 1, bytesDone: 800 })
    expect(new Set(search.hits(state.id, 0, 500).map(({ path }) => path)).size).toBe(100)
  })

  test('the last five searches are kept', async () => {
    const { store, search, find } = await newSearching()
    await store(motor(1))
    const ids: SearchState['id'][] = []
    for (let count = 0; count < 6; count += 1) ids.push((await find(contents('setpoint'))).id)
    const kept = ids.map((id) => search.hits(id, 0, 500).length)
    expect(kept).toEqual([0, 1, 1, 1, 1, 1])
  })

  test('an empty vault is searched at once', async () => {
    const { find } = await newSearching()
    expect(await find(contents('x'))).toMatchObject({ phase: 'done', hits: 0, archivesTotal: 0 })
  })
})
