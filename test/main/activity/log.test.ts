import { execFileSync } from 'node:child_process'
import { appendFile, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ActivityLog } from '../../../src/main/activity/log.ts'
import { sha256Of } from '../../../src/main/storage/digest.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { bundle, killAtEveryCall, run, skipWithoutStrace, type Ended } from '../storage/support/programs.ts'
import { vaultcheck } from '../vault/support/samples.ts'

const made = (subject: string) => ({ action: 'backup-made', subject, facts: { archive: subject } }) as const
const fileIn = (folder: string) => join(folder, 'activity.ndjson')

async function historyOf(...subjects: readonly string[]): Promise<string> {
  const folder = await newFolder()
  const log = new ActivityLog(folder)
  for (const subject of subjects) await log.append(made(subject))
  return folder
}

/** What the independent checker says of the history in a folder. */
const check = (folder: string) => vaultcheck('--activity', fileIn(folder)).problems

describe('the history', () => {
  test('keeps who did what to what and when, in a private file', async () => {
    const folder = await newFolder()
    const now = () => new Date('2026-03-01T10:00:00.000Z')
    const entry = await new ActivityLog(folder, { now }).append(made('Press 7'))
    expect(entry).toMatchObject({
      ...made('Press 7'),
      sequence: 1,
      at: '2026-03-01T10:00:00.000Z',
      actor: userInfo().username,
    })
    expect(await new ActivityLog(folder).list({ limit: 10 })).toEqual([entry])
    expect((await stat(fileIn(folder))).mode & 0o777).toBe(0o600)
    expect(check(folder)).toEqual([])
  })

  test('lists the latest first, and no more than asked for', async () => {
    const folder = await historyOf('a', 'b', 'c')
    const log = new ActivityLog(folder)
    const subjects = async (limit: number) => (await log.list({ limit })).map(({ subject }) => subject)
    expect(await subjects(2)).toEqual(['c', 'b'])
    expect(await subjects(10)).toEqual(['c', 'b', 'a'])
    expect(await subjects(0)).toEqual([])
    for (let n = 0; n < 150; n += 1) await log.append(made(String(n)))
    expect(await subjects(2)).toEqual(['149', '148'])
  })

  test('that is missing is empty and sound', async () => {
    const log = new ActivityLog(await newFolder())
    expect(await log.list({ limit: 10 })).toEqual([])
    expect(await log.verify()).toEqual({ entries: 0, end: undefined, problems: [], torn: [] })
  })

  test('is chained so that it can be checked by hand', async () => {
    const folder = await historyOf('a', 'ö')
    const script = `sed -n 2p '${fileIn(folder)}' | sed -E 's/,"hash":"[0-9a-f]{64}"\\}$//' | tr -d '\\n' | sha256sum`
    const byHand = execFileSync('sh', ['-c', script]).toString().slice(0, 64)
    expect(await readFile(fileIn(folder), 'utf8')).toContain(`"hash":"${byHand}"}`)
  })
})

describe('tampering', () => {
  const tamper = async (change: (lines: readonly string[]) => readonly string[]) => {
    const folder = await historyOf('a', 'b', 'c', 'd', 'e')
    const lines = (await readFile(fileIn(folder), 'utf8')).trimEnd().split('\n')
    await writeFile(
      fileIn(folder),
      change(lines)
        .map((line) => `${line}\n`)
        .join(''),
    )
    const { problems } = await new ActivityLog(folder).verify()
    expect(check(folder).length > 0).toBe(problems.length > 0)
    return problems
  }

  test('is found where a line was changed, removed, doubled, moved, written anew or destroyed', async () => {
    expect(await tamper((lines) => lines)).toEqual([])
    expect(await tamper((lines) => lines.with(2, lines[2]!.replace('"c"', '"x"')))).toEqual([
      { line: 3, problem: 'changed' },
    ])
    expect(await tamper((lines) => lines.toSpliced(1, 2))).toEqual([{ line: 2, problem: 'removed' }])
    expect(await tamper((lines) => lines.slice(1))).toEqual([{ line: 1, problem: 'removed' }])
    expect(await tamper((lines) => lines.toSpliced(1, 0, lines[1]!))).toEqual([
      { line: 3, problem: 'out-of-order' },
    ])
    expect(await tamper((lines) => lines.with(1, lines[2]!).with(2, lines[1]!))).toEqual([
      { line: 2, problem: 'removed' },
      { line: 3, problem: 'out-of-order' },
      { line: 4, problem: 'removed' },
    ])
    expect(await tamper((lines) => lines.with(2, 'gone'))).toEqual([
      { line: 3, problem: 'unreadable' },
      { line: 4, problem: 'removed' },
    ])
    const anew = (line: string) => {
      const body = line.replace('"c"', '"x"').replace(/,"hash":"[0-9a-f]{64}"\}$/, '')
      return `${body},"hash":"${sha256Of(body)}"}`
    }
    expect(await tamper((lines) => lines.with(2, anew(lines[2]!)))).toEqual([
      { line: 4, problem: 'does-not-follow' },
    ])
  })

  test('of any single bit is found', { timeout: 60_000 }, async () => {
    const folder = await historyOf('a', 'b')
    const anchor = (await new ActivityLog(folder).verify()).end
    const whole = await readFile(fileIn(folder))
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const flipped = Buffer.from(whole)
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      await writeFile(fileIn(folder), flipped)
      const { problems, torn } = await new ActivityLog(folder).verify(anchor)
      // The very last newline says nothing; losing it harms nothing.
      if (bit >> 3 < whole.length - 1) expect(problems.length + torn.length).toBeGreaterThan(0)
    }
  })

  test('with the end of the history is found against an earlier report', async () => {
    const folder = await historyOf('a', 'b', 'c')
    const { end, entries } = await new ActivityLog(folder).verify()
    expect(entries).toBe(3)
    await new ActivityLog(folder).append(made('d'))
    expect((await new ActivityLog(folder).verify(end)).problems).toEqual([])
    const lines = (await readFile(fileIn(folder), 'utf8')).split('\n')
    await writeFile(fileIn(folder), `${lines[0]!}\n`)
    expect((await new ActivityLog(folder).verify(end)).problems).toEqual([
      { line: 2, problem: 'end-missing' },
    ])
    await rm(fileIn(folder))
    expect((await new ActivityLog(folder).verify(end)).problems).toEqual([
      { line: 1, problem: 'end-missing' },
    ])
  })

  test('while the program runs shows as a gap', async () => {
    const folder = await newFolder()
    const log = new ActivityLog(folder)
    for (const subject of ['a', 'b', 'c']) await log.append(made(subject))
    await rm(fileIn(folder))
    await log.append(made('d'))
    expect((await log.verify()).problems).toEqual([{ line: 1, problem: 'removed' }])
  })

  test('is noted once, and the history goes on', async () => {
    const folder = await historyOf('a', 'b', 'c')
    const text = await readFile(fileIn(folder), 'utf8')
    await writeFile(fileIn(folder), text.replace('"b"', '"x"'))
    await new ActivityLog(folder).append(made('d'))
    await new ActivityLog(folder).append(made('e'))
    const entries = await new ActivityLog(folder).list({ limit: 10 })
    expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
      ['backup-made', 'e'],
      ['backup-made', 'd'],
      ['tamper-found', 'activity'],
      ['backup-made', 'c'],
      ['backup-made', 'x'],
      ['backup-made', 'a'],
    ])
    expect(entries[2]?.facts).toEqual({ problems: '1', lines: '2 changed' })
    expect((await new ActivityLog(folder).verify()).problems).toEqual([{ line: 2, problem: 'changed' }])
  })
})

describe('a torn last line', () => {
  test('is told, closed by an entry that names it, and no sign of tampering', async () => {
    const folder = await historyOf('a', 'b')
    const size = (await stat(fileIn(folder))).size
    await truncate(fileIn(folder), size - 30)
    const torn = (await readFile(fileIn(folder), 'utf8')).split('\n')[1]!
    const told = { line: 2, sizeBytes: torn.length, sha256: sha256Of(torn) }
    const log = new ActivityLog(folder)
    expect(await log.verify()).toMatchObject({ entries: 1, problems: [], torn: [{ ...told, closed: false }] })
    await log.append(made('c'))
    expect(await log.verify()).toMatchObject({ entries: 3, problems: [], torn: [{ ...told, closed: true }] })
    const [latest, recovered] = await log.list({ limit: 2 })
    expect(latest).toMatchObject({ sequence: 3, subject: 'c' })
    const facts = { sizeBytes: String(torn.length), sha256: sha256Of(torn) }
    expect(recovered).toMatchObject({ sequence: 2, action: 'recovered', facts })
    expect(await readFile(fileIn(folder), 'utf8')).toContain(torn)
    expect(check(folder)).toEqual([])
  })

  test('of zeros, as after a power cut, is closed too', async () => {
    const folder = await historyOf('a')
    await appendFile(fileIn(folder), Buffer.alloc(4096))
    await new ActivityLog(folder).append(made('b'))
    const report = await new ActivityLog(folder).verify()
    expect(report).toMatchObject({
      entries: 3,
      problems: [],
      torn: [{ line: 2, sizeBytes: 4096, closed: true }],
    })
    expect(check(folder)).toEqual([])
  })
})

describe('several processes', () => {
  let appender = ''
  beforeAll(async () => {
    appender = await bundle('test/main/activity/children/append.ts')
  })

  test('write one chain', { timeout: 60_000 }, async () => {
    const folder = await newFolder()
    const ends = await Promise.all(
      ['a', 'b', 'c'].map((subject) => run(process.execPath, [appender, folder, subject, '20'])),
    )
    expect(ends.map(({ errors }) => errors)).toEqual(['', '', ''])
    expect(await new ActivityLog(folder).verify()).toMatchObject({ entries: 60, problems: [], torn: [] })
    expect(check(folder)).toEqual([])
  })

  test('killed at any call leave a chain that goes on', { timeout: 60_000 }, async (context) => {
    skipWithoutStrace(context)
    const prepare = async () => [appender, await historyOf('before'), 'during', '2']
    const after = async ([, folder = '']: readonly string[], { code }: Ended) => {
      await new ActivityLog(folder).append(made('after'))
      const subjects = (await new ActivityLog(folder).list({ limit: 10 })).map(({ subject }) => subject)
      expect(subjects[0]).toBe('after')
      expect(subjects.at(-1)).toBe('before')
      if (code === 0) expect(subjects).toHaveLength(4)
      expect((await new ActivityLog(folder).verify()).problems).toEqual([])
      expect(check(folder)).toEqual([])
    }
    expect(
      await killAtEveryCall(['pwrite64', 'fsync', 'rename', 'unlink'], prepare, after),
    ).toBeGreaterThanOrEqual(8)
  })
})
