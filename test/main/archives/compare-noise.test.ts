import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { compareArchives } from '../../../src/main/archives/compare.ts'
import { compareEntry } from '../../../src/main/archives/compare-entry.ts'
import type { NoiseFilter } from '../../../src/main/archives/noise.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { archiveReaderOf } from '../../../src/main/families/readers.ts'
import { changesAtMost, type Comparison } from '../../../src/shared/model/comparison.ts'
import type { FamilyId } from '../../../src/shared/model/family-id.ts'
import { buildTar } from '../../corpus/tar-bytes.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'

const signal = new AbortController().signal
type Files = Readonly<Record<string, string>>

const forms = {
  zip: (files: Files) => buildZip(Object.entries(files).map(([name, content]) => ({ name, content }))),
  tar: (files: Files) => buildTar(...Object.entries(files).map(([name, content]) => ({ name, content }))),
  'tar.gz': (files: Files) => gzipSync(forms.tar(files)),
}
type Form = keyof typeof forms

async function compared(
  before: Files,
  after: Files,
  filters: readonly NoiseFilter[] = [],
  form: Form = 'zip',
): Promise<Comparison> {
  await using old = await openArchive(forms[form](before))
  await using now = await openArchive(forms[form](after))
  return await compareArchives(old, now, { signal, filters })
}

/** What each changed entry was said to be: its noise, or `real`. */
async function noiseOf(
  family: FamilyId,
  before: Files,
  after: Files,
): Promise<Readonly<Record<string, string>>> {
  const { changes } = await compared(before, after, archiveReaderOf(family).noise)
  return Object.fromEntries(changes.map(({ path, noise }) => [path, noise?.join() ?? 'real']))
}

const generated: NoiseFilter = {
  kind: 'line',
  code: 'generated-at',
  in: () => true,
  quiet: (line) => line.replace(/^# made .*/, ''),
}

describe('noise between two archives', () => {
  test.each(['zip', 'tar', 'tar.gz'] as const)(
    'in a %s: a change that is nothing else says so, and is still there',
    async (form) => {
      const { changes, totals } = await compared(
        {
          quiet: '# made monday\nkey=1\n',
          loud: '# made monday\nkey=1\n',
          longer: '# made monday\n',
          json: '{"a":1,"b":2}',
        },
        {
          quiet: '# made tuesday\nkey=1\n',
          loud: '# made tuesday\nkey=2\n',
          longer: '# made tuesday\n\n',
          json: '{"b":2, "a":1}',
        },
        [generated],
        form,
      )
      expect(totals.changed).toBe(4)
      expect(changes.map(({ path, noise }) => [path, noise])).toEqual([
        ['json', ['json-layout']],
        ['longer', undefined],
        ['loud', undefined],
        ['quiet', ['generated-at']],
      ])
    },
  )

  test('without filters a comment is a change like any other', async () => {
    const { changes } = await compared({ a: '# made monday' }, { a: '# made tuesday' })
    expect(changes).toMatchObject([{ path: 'a', change: 'changed' }])
    expect(changes[0]).not.toHaveProperty('noise')
  })

  test('what came or went is never noise', async () => {
    const everything: NoiseFilter = { kind: 'entry', code: 'logs', in: () => true }
    const { changes } = await compared({ gone: 'a', kept: 'a' }, { came: 'a', kept: 'b' }, [everything])
    expect(changes.map(({ path, noise }) => [path, noise])).toEqual([
      ['came', undefined],
      ['gone', undefined],
      ['kept', ['logs']],
    ])
  })

  test('a file that is too large to look into is changed and no more', async () => {
    const large = 'x'.repeat(1024 * 1024)
    const { changes } = await compared({ a: `# made monday\n${large}` }, { a: `# made tuesday\n${large}` }, [
      generated,
    ])
    expect(changes[0]).not.toHaveProperty('noise')
  })

  test('a damaged content is changed, and breaks nothing', async () => {
    const damaged = { name: 'a', content: '# made monday', local: { crc32: 1 }, central: { crc32: 1 } }
    await using old = await openArchive(buildZip([damaged]))
    await using now = await openArchive(forms.zip({ a: '# made tuesday' }))
    const { changes } = await compareArchives(old, now, { signal, filters: [generated] })
    expect(changes).toMatchObject([{ path: 'a', change: 'changed' }])
    expect(changes[0]).not.toHaveProperty('noise')
  })

  test('of very many changes the first by path are given and all are counted', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 2 * changesAtMost + 10 }, (_, at) => [`f${String(at).padStart(6, '0')}`, '']),
    )
    const { changes, totals } = await compared({ z: '' }, { ...many, z: '' }, [], 'tar')
    expect(totals.added).toBe(2 * changesAtMost + 10)
    expect(changes).toHaveLength(changesAtMost)
    expect(changes.at(-1)?.path).toBe(`f${String(changesAtMost - 1).padStart(6, '0')}`)
  })
})

describe('one document, both sides', () => {
  const entry = async (before: string, after: string) => {
    await using old = await openArchive(forms.zip({ a: before }))
    await using now = await openArchive(forms.zip({ a: after }))
    return await compareEntry(old, now, 'a', { signal })
  }

  test('is compared by meaning where both are JSON', async () => {
    const { meaning } = await entry('{"a":{"b":1},"c":2}', '{"c":2,"a":{"b":3}}')
    expect(meaning).toEqual({
      changes: [{ path: 'a.b', change: 'changed', before: '1', after: '3' }],
      total: 1,
      noise: 0,
    })
  })

  test('is text beside text where one of them is none, or is XML', async () => {
    expect(await entry('{"a":1}', '{"a":1')).not.toHaveProperty('meaning')
    expect(await entry('<a/>', '<a b="1"/>')).not.toHaveProperty('meaning')
    expect(await entry('{"a":1}', '{"a":1,"a":2}')).toMatchObject({
      before: { kind: 'text' },
      after: { kind: 'text' },
    })
  })

  test('is text beside text where it is too large', async () => {
    const large = `["${'x'.repeat(16 * 1024 * 1024)}"]`
    const both = await entry(large, '[1]')
    expect(both).not.toHaveProperty('meaning')
    expect(both.before).toMatchObject({ kind: 'text', truncated: true })
  })
})

describe('secrets of a document', () => {
  const entryNamed = async (name: string, before: string, after: string) => {
    await using old = await openArchive(forms.zip({ [name]: before }))
    await using now = await openArchive(forms.zip({ [name]: after }))
    return await compareEntry(old, now, name, { signal })
  }

  test('are told by nobody where the whole file is one', async () => {
    const comparison = await entryNamed('flows_cred.json', '{"$":"ab12older"}', '{"$":"cd34newer"}')
    expect(comparison.meaning?.changes).toEqual([{ path: '$', change: 'changed', isSecret: true }])
    expect(JSON.stringify(comparison)).not.toMatch(/older|newer/)
  })

  test('are covered by their form, too, under whatever name they stand', async () => {
    const of = (hash: string) => JSON.stringify({ login: { line: `root:$6$saltsalt$${hash}:0` } })
    const comparison = await entryNamed('a.json', of('olderolder'), of('newernewer'))
    expect(comparison.meaning).toMatchObject({ total: 1 })
    expect(JSON.stringify(comparison)).not.toMatch(/olderolder|newernewer/)
  })
})

describe('what the families know for noise', () => {
  test('a Linux host: what it writes for itself, logs, and when a file was generated', async () => {
    const time = (at: string): string => `# Generated by NetworkManager at ${at}\nnameserver 10.0.0.1\n`
    const before = {
      'etc/adjtime': '0.1 1 0',
      'var/log/syslog': 'a',
      'var/lib/systemd/random-seed': 'a',
      'srv/app/app.pid': '12',
      'etc/resolv.conf': time('2026-11-20 06:00:00 +0100'),
      'etc/ctime': '; Fri Nov 20 06:00:00 CET 2026',
      'etc/rfc': '// Fri, 20 Nov 2026 06:00:00 +0100',
      'etc/real.conf': time('2026-11-20T06:00:00Z').replace('.1\n', '.2\n'),
      'etc/value': 'at = 2026-11-20 06:00:00',
      'etc/date': '# ends 2026-11-20',
      'etc/cron.d/job': 'old',
    }
    const after = {
      'etc/adjtime': '0.2 2 0',
      'var/log/syslog': 'ab',
      'var/lib/systemd/random-seed': 'b',
      'srv/app/app.pid': '13',
      'etc/resolv.conf': time('2026-11-21 06:00:01 +0100'),
      'etc/ctime': '; Sat Nov 21 06:00:00 CET 2026',
      'etc/rfc': '// Sat, 21 Nov 2026 06:00:00 +0100',
      'etc/real.conf': time('2026-11-21T06:00:00Z'),
      'etc/value': 'at = 2026-11-21 06:00:00',
      'etc/date': '# ends 2026-11-21',
      'etc/cron.d/job': 'new',
    }
    expect(await noiseOf('linux-host', before, after)).toEqual({
      'etc/adjtime': 'runtime-state',
      'var/log/syslog': 'logs',
      'var/lib/systemd/random-seed': 'runtime-state',
      'srv/app/app.pid': 'runtime-state',
      'etc/resolv.conf': 'generated-at',
      'etc/ctime': 'generated-at',
      'etc/rfc': 'generated-at',
      'etc/real.conf': 'real',
      'etc/value': 'real',
      'etc/date': 'real',
      'etc/cron.d/job': 'real',
    })
  })

  test('Node-RED: where nodes are drawn, their order, and the revision', async () => {
    const node = (id: string, x: number, rest: object = {}) => ({
      id,
      type: 'inject',
      z: 't',
      x,
      y: 1,
      ...rest,
    })
    const flows = (rev: string, ...nodes: object[]): Files => ({
      'flows.json': JSON.stringify({ rev, flows: nodes }),
    })
    const is = async (before: Files, after: Files) => (await noiseOf('node-red', before, after))['flows.json']
    expect(await is(flows('1', node('a', 1)), flows('1', node('a', 2)))).toBe('canvas-position')
    const [a, b] = [node('a', 1), node('b', 1)]
    expect(await is(flows('1', a, b), flows('2', b, a))).toBe('flow-revision,node-order')
    expect(await is(flows('1', a), flows('1', node('a', 1, { topic: 'x' })))).toBe('real')
    expect(
      await is(
        flows('1', node('a', 1, { rules: [{ x: 1 }] })),
        flows('1', node('a', 1, { rules: [{ x: 2 }] })),
      ),
    ).toBe('real')
    expect(await is(flows('1', a), flows('1', a, b))).toBe('real')
  })

  test('ctrlX: the backup itself, what is encrypted anew, the order of keys and flows', async () => {
    const setup = (name: string, hash: string, host: string): string =>
      JSON.stringify({ $name: name, $passwordHash: hash, system: { hostname: host } })
    const flow = (x: number): string => JSON.stringify([{ id: 'a', type: 'inject', x, y: 0 }])
    const before = {
      'ctrlx-setup.json': setup('a', 'x', 'core'),
      'apps/x/settings/y.bin.aes': 'aaaa',
      'configurations/active/scheduler/autoconfig.json': '{"a":1}',
      'configurations/active/node-RED/flows.json': flow(1),
      'configurations/active/configuration.json': '{"device":"a","user":"b"}',
      'configurations/active/plc/run/linux-gcc-x64/misc/plc_system.cfg': 'a',
    }
    const after = {
      ...before,
      'ctrlx-setup.json': setup('b', 'y', 'core'),
      'apps/x/settings/y.bin.aes': 'bbbb',
      'configurations/active/scheduler/autoconfig.json': '{"a":2}',
      'configurations/active/node-RED/flows.json': flow(2),
      'configurations/active/configuration.json': '{"user":"b","device":"a"}',
      'configurations/active/plc/run/linux-gcc-x64/misc/plc_system.cfg': 'b',
    }
    expect(await noiseOf('ctrlx-core', before, after)).toEqual({
      'ctrlx-setup.json': 'backup-name,backup-password',
      'apps/x/settings/y.bin.aes': 'encrypted-anew',
      'configurations/active/scheduler/autoconfig.json': 'written-by-device',
      'configurations/active/node-RED/flows.json': 'canvas-position',
      'configurations/active/configuration.json': 'json-layout',
      'configurations/active/plc/run/linux-gcc-x64/misc/plc_system.cfg': 'real',
    })
    const renamed = { ...after, 'ctrlx-setup.json': setup('b', 'y', 'other') }
    expect((await noiseOf('ctrlx-core', before, renamed))['ctrlx-setup.json']).toBe('real')
  })
})
