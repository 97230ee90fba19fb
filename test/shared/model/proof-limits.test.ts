import { describe, expect, test } from 'vitest'
import type { Device } from '../../../src/shared/model/device.ts'
import type { FamilyId } from '../../../src/shared/model/family-id.ts'
import { fact, type Identity } from '../../../src/shared/model/identity.ts'
import { proofLimits } from '../../../src/shared/model/proof-limits.ts'
import { proofTexts as german } from '../../../src/shared/text/de/proof.ts'
import { proofTexts as english } from '../../../src/shared/text/en/proof.ts'

const at = '2026-11-21T06:00:00.000Z'

function identity(family: FamilyId, architecture?: string, traits: Readonly<Record<string, string>> = {}) {
  return {
    family,
    readAt: at,
    ...(architecture !== undefined && { architecture: fact(architecture, 'probed', at) }),
    traits: Object.fromEntries(
      Object.entries(traits).map(([name, value]) => [name, fact(value, 'stated', at)]),
    ),
  } satisfies Identity
}

const archive = (...source: Parameters<typeof identity>) => ({
  family: source[0],
  source: identity(...source),
  device: { name: 'PRESS-7', address: '' },
})
const device = (role: Device['role'], family: FamilyId, architecture?: string) => ({
  family,
  role,
  identity: identity(family, architecture),
})

describe('what stands against a drill', () => {
  test.each([
    [
      'an arm64 control and a virtual one',
      archive('ctrlx-core', 'arm64'),
      [device('practice', 'ctrlx-core', 'x64')],
      ['architecture'],
    ],
    [
      'an arm64 control and a spare twin',
      archive('ctrlx-core', 'arm64'),
      [device('spare', 'ctrlx-core', 'arm64')],
      [],
    ],
    [
      'an x64 control and a virtual one',
      archive('ctrlx-core', 'x64'),
      [device('practice', 'ctrlx-core', 'x64')],
      [],
    ],
    [
      'a twin in production',
      archive('ctrlx-core', 'x64'),
      [device('production', 'ctrlx-core', 'x64')],
      ['architecture'],
    ],
    [
      'an appliance and no other',
      archive('endpoint-protector'),
      [device('production', 'endpoint-protector')],
      ['no-server'],
    ],
    [
      'a server with TPM and a spare one',
      archive('deviceon-server', undefined, { tpm: 'yes' }),
      [device('spare', 'deviceon-server')],
      ['own-machine'],
    ],
    [
      'a server with TPM alone',
      archive('deviceon-server', undefined, { tpm: 'yes' }),
      [],
      ['own-machine', 'no-server'],
    ],
    [
      'a host without a spare one',
      archive('linux-host', 'x64'),
      [device('spare', 'ctrlx-core', 'x64')],
      ['no-device'],
    ],
    ['a Node-RED and one for practice', archive('node-red'), [device('practice', 'node-red')], []],
  ])('%s', (_what, record, devices, expected) => {
    const limits = proofLimits(record, devices)
    expect(limits.map(({ limit }) => limit)).toEqual(expected)
    for (const { limit, facts } of limits) {
      expect(english.limit[limit](facts)).toMatch(/\.$/)
      expect(german.limit[limit](facts)).toMatch(/\.$/)
    }
  })

  test('arm64 is said to be out of reach of this computer, and TPM names its machine', () => {
    expect(english.limit.architecture({ architecture: 'arm64' })).toContain('never')
    expect(english.limit['own-machine']({ device: 'PRESS-7' })).toContain('PRESS-7')
  })
})
