import { describe, expect, test } from 'vitest'
import { createNodeRed } from '../../../../src/main/families/node-red/node-red.ts'
import { rules } from '../../../../src/main/families/node-red/rules.ts'
import { check } from '../../../../src/shared/compatibility/check.ts'
import { fact, type Identity } from '../../../../src/shared/model/identity.ts'
import type { ArchiveRecord } from '../../../../src/shared/model/record.ts'
import { findingText } from '../../../../src/shared/text/index.ts'

const at = '2026-11-21T06:00:00.000Z'

interface Side {
  readonly version?: string
  readonly types?: string
  readonly used?: string
  readonly rights?: readonly string[]
}

function identity({ version, types, used, rights }: Side): Identity {
  const traits = Object.entries({ nodeTypes: types, usedTypes: used }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, fact(value, 'probed', at)] as const],
  )
  return {
    family: 'node-red',
    readAt: at,
    ...(version !== undefined && { systemVersion: fact(version, 'probed', at) }),
    ...(rights && { rights: fact(rights, 'probed', at) }),
    apps: fact([{ name: 'press', version: '2.0.1', kind: 'user', enabled: true }], 'recorded', at),
    traits: Object.fromEntries(traits),
  }
}

const reasonOf = (rule: string, archive: Side, target: Side | undefined) => {
  const { findings } = check(rules, {
    record: {} as ArchiveRecord,
    archive: { source: identity(archive), unsafeEntries: [], hashMatches: true, unpackedBytes: 1 },
    target: target && identity(target),
    targetDevice: { name: 'line 3', pinned: true },
  })
  for (const finding of findings) {
    for (const language of ['en', 'de'] as const) {
      expect(findingText(finding, language).title).not.toBe(`${finding.rule}.${finding.reason}`)
    }
  }
  const found = findings.find((each) => each.rule === rule)
  return found && [found.result, found.reason, found.facts]
}

describe('P2a: node types', () => {
  const types = 'inject\tnode-red\npress in\tpress'
  test.each([
    ['all there', { used: 'inject' }, { types }, ['pass', 'installed', {}]],
    [
      'one is missing whose module was noted',
      { used: 'inject\npress in', types },
      { types: 'inject\tnode-red' },
      ['blocker', 'module-missing', { types: 'press in', modules: 'press 2.0.1' }],
    ],
    [
      'one is missing that nobody noted',
      { used: 'press in' },
      { types: 'inject\tnode-red' },
      ['blocker', 'missing', { types: 'press in', modules: '' }],
    ],
    ['the archive was not opened', {}, { types }, ['unknown', 'archive-unknown', {}]],
    ['the target was not read', { used: 'inject' }, {}, ['unknown', 'device-unknown', {}]],
    ['there are no flows', { used: '' }, { types }, ['pass', 'installed', {}]],
  ])('%s', (_when, archive, target, expected) => {
    expect(reasonOf('P2a', archive, target)).toEqual(expected)
  })
})

test('P2b: credentials are never in an archive', () => {
  expect(reasonOf('P2b', {}, {})).toEqual(['caution', 'kept-elsewhere', {}])
})

test.each([
  ['4.1.15', '4.1.2', ['pass', 'equal']],
  ['3.1.0', '4.1.2', ['pass', 'newer']],
  ['4.1.0', '4.0.9', ['caution', 'older']],
  ['4.1.15-git', '4.1.15', ['pass', 'equal']],
  [undefined, '4.1.0', ['unknown', 'archive-unknown']],
  ['4.1.0', undefined, ['unknown', 'device-unknown']],
])('P2c: from %s to %s', (source, target, expected) => {
  const side = (version: string | undefined): Side => (version === undefined ? {} : { version })
  expect(reasonOf('P2c', side(source), side(target))?.slice(0, 2)).toEqual(expected)
})

test.each([
  [['*'], 'pass'],
  [['flows.read', 'flows.write'], 'pass'],
  [['read'], 'blocker'],
  [undefined, 'unknown'],
])('P2d: rights %j', (rights, expected) => {
  expect(reasonOf('P2d', {}, rights ? { rights } : {})?.[0]).toBe(expected)
})

test('a path is a fact of the device, and nothing else is', () => {
  const { checkFacts } = createNodeRed()
  expect(checkFacts({ adminRoot: ' /red/ ' })).toEqual({ adminRoot: '/red' })
  expect(checkFacts({ adminRoot: '/' })).toEqual({})
  for (const facts of [
    { adminRoot: 'red' },
    { adminRoot: '/a/../b' },
    { adminRoot: '/a?b' },
    { paths: 'etc' },
  ]) {
    expect(() => checkFacts(facts)).toThrow('bad-input')
  }
})
