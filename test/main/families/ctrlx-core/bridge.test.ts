import { describe, expect, test } from 'vitest'
import { bridge } from '../../../../src/main/families/ctrlx-core/bridge.ts'
import { readArchive } from '../../../../src/main/families/ctrlx-core/archive.ts'
import { fullAccess } from '../../../../src/main/families/ctrlx-core/rules.ts'
import { bridgeStepText, bringText, wayBackText } from '../../../../src/shared/text/bridge-text.ts'
import type { BridgePlan } from '../../../../src/shared/model/bridge.ts'
import { fact, type App, type Identity } from '../../../../src/shared/model/identity.ts'

const readAt = '2026-11-21T06:00:00.000Z'
const app = (name: string, version: string, kind: App['kind'] = 'system'): App => ({
  name,
  version,
  kind,
  enabled: true,
})

const targetApps = [
  app('core24', '20250729'),
  app('rexroth-arch02-hw', '4.4.0', 'hardware'),
  app('rexroth-arch02-kernel', '4.4.0+6.12', 'hardware'),
  app('rexroth-automationcore', '4.4.5'),
  app('rexroth-deviceadmin', '4.4.0'),
  app('rexroth-plc', '4.4.1', 'user'),
  app('rexroth-setup', '4.4.0'),
  app('rexroth-solutions', '4.4.0'),
  app('rexroth-version-guard', '4.4.0'),
  app('snapd', '2.71'),
]

interface Facts {
  readonly architecture?: string
  readonly version?: string
  readonly apps?: readonly App[]
  readonly rights?: readonly string[]
}

function identity({ architecture = 'x64', version, apps, rights }: Facts): Identity {
  return {
    family: 'ctrlx-core',
    readAt,
    architecture: fact(architecture, 'probed', readAt),
    freeBytes: fact(2_000_000_000, 'probed', readAt),
    ...(version !== undefined && { systemVersion: fact(version, 'probed', readAt) }),
    ...(apps && { apps: fact(apps, 'probed', readAt) }),
    ...(rights && { rights: fact(rights, 'probed', readAt) }),
  }
}

const target = identity({ version: '4.4', apps: targetApps, rights: [fullAccess] })

function plan(source: Identity, on: Identity | undefined = target): BridgePlan | undefined {
  const archive = { source, unsafeEntries: [], hashMatches: true, unpackedBytes: 1 }
  return bridge({ archive, target: on } as unknown as Parameters<typeof bridge>[0])
}

const changesOf = (made: BridgePlan | undefined): readonly string[] =>
  (made?.appChanges ?? []).map(({ app: name, from = 'none', to }) => `${name} ${from} ${to}`)

describe('another system version', () => {
  test('is settled by the system apps, in the order of an update', () => {
    expect(changesOf(plan(identity({ version: '4.6' })))).toEqual([
      'snapd 2.71 2.72',
      'core24 20250729 20260107',
      'rexroth-deviceadmin 4.4.0 4.6',
      'rexroth-automationcore 4.4.5 4.6',
      'rexroth-arch02-hw 4.4.0 4.6',
      'rexroth-arch02-kernel 4.4.0+6.12 4.6',
      'rexroth-setup 4.4.0 4.6',
      'rexroth-solutions 4.4.0 4.6',
      'rexroth-version-guard 4.4.0 4.6',
    ])
  })

  test('takes the very versions that the source had, where they are known', () => {
    const apps = [app('rexroth-solutions', '4.6.1'), app('rexroth-setup', '4.6.0'), app('core22', '20250612')]
    const found = changesOf(plan(identity({ version: '4.6', apps })))
    expect(found).toContain('rexroth-solutions 4.4.0 4.6.1')
    expect(found).toContain('core22 none 20250612')
    expect(found.findIndex((each) => each.startsWith('core22'))).toBeLessThan(
      found.findIndex((each) => each.startsWith('rexroth-deviceadmin')),
    )
  })

  test('of a release that is not known leaves alone what does not carry its number', () => {
    const found = changesOf(plan(identity({ version: '3.6' })))
    expect(found).toContain('rexroth-setup 4.4.0 3.6')
    expect(found.some((each) => /^(snapd|core)/.test(each))).toBe(false)
  })

  test('goes on where a job has stopped half way', () => {
    const apps = targetApps.map((each) => (each.name === 'snapd' ? { ...each, version: '2.72' } : each))
    const half = identity({ apps, rights: [fullAccess] })
    const made = plan(identity({ version: '4.6' }), half)
    expect(made?.settles).toEqual(['C2'])
    expect(changesOf(made)[0]).toBe('core24 20250729 20260107')
  })

  test('names the files for both ways, the room, and the way back', () => {
    const made = plan(identity({ version: '4.6' }))
    const items = made?.bring.map(({ item }) => item) ?? []
    expect(items.filter((item) => item === 'app-file')).toHaveLength(9)
    expect(items.filter((item) => item === 'former-app-file')).toHaveLength(9)
    expect(items).toContain('room')
    expect(made?.wayBack.map(({ step }) => step)).toEqual(['apps-back', 'restore-safety'])
    expect(made?.wayBack[0]?.facts['apps']).toContain('rexroth-setup 4.4.0')
  })
})

test('another architecture has no way, whatever else stands against the pair', () => {
  expect(plan(identity({ version: '4.6', architecture: 'arm64' }))).toBeUndefined()
})

test('a missing right is settled by another login, and by nothing that a job does', () => {
  const made = plan(identity({ version: '4.4' }), identity({ version: '4.4', apps: targetApps, rights: [] }))
  expect(made).toMatchObject({ settles: ['C5'], wayBack: [] })
  expect(made?.steps).toMatchObject([{ step: 'use-full-access', by: 'person' }])
  expect(made?.appChanges).toBeUndefined()
})

test('a pair that fits, and a target of which nothing is known, have no way to go', () => {
  expect(plan(identity({ version: '4.4' }))).toBeUndefined()
  expect(
    plan(identity({ version: '4.6' }), identity({ version: '4.4', rights: [fullAccess] })),
  ).toBeUndefined()
  expect(bridge({ archive: { source: target } } as unknown as Parameters<typeof bridge>[0])).toBeUndefined()
})

test('every step, everything to bring and every step back has words in both languages', () => {
  const made = plan(identity({ version: '4.6' }), identity({ version: '4.4', apps: targetApps, rights: [] }))!
  for (const language of ['en', 'de'] as const) {
    const family = 'ctrlx-core'
    for (const step of made.steps) expect(bridgeStepText(step, family, language)).not.toBe(step.step)
    for (const item of made.bring) expect(bringText(item, family, language)).not.toBe(item.item)
    for (const step of made.wayBack) expect(wayBackText(step, family, language)).not.toBe(step.step)
  }
})

test('an archive remembers all system apps of its source, which it does not list itself', async () => {
  const legacy = { container: 'tar', name: 'ctrlX-2026-11-21-06-00-00.tar' } as Parameters<
    typeof readArchive
  >[0]
  const source = await readArchive(legacy, target, new AbortController().signal)
  const found = changesOf(plan(source, identity({ version: '4.6', apps: [app('rexroth-setup', '4.6.0')] })))
  expect(found).toContain('rexroth-setup 4.6.0 4.4.0')
})
