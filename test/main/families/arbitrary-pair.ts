import fc from 'fast-check'
import { families } from '../../../src/main/families/index.ts'
import type { RuleInput } from '../../../src/shared/compatibility/rule.ts'
import type { FamilyId } from '../../../src/shared/model/family-id.ts'
import { fact, type Fact, type Identity } from '../../../src/shared/model/identity.ts'
import { archiveRecordSchema, originSchema } from '../../../src/shared/model/record.ts'
import { leftOutReasons } from '../../../src/shared/model/scope.ts'
import { statedFacts } from '../../../src/shared/model/stated-facts.ts'

const at = '2026-11-21T06:00:00.000Z'

/** What the rules compare, so often equal that pairs fit, and a few things no rule expects. */
const versions = [
  '4.4',
  '4.6',
  '5.2.0.5',
  '5.2.4',
  '5.3.12',
  '5.7.0.0',
  '5.9.4.2',
  '2510.0.1.0',
  '2604.0.1.0',
  'edge',
  '',
]
const words = [
  'yes',
  'no',
  'none',
  'windows',
  'linux',
  'v1',
  'v2',
  'both',
  'daily',
  '42',
  '10.0.0.2',
  at,
  'inject\ntab',
  '',
  '{"inject":"node-red"}',
]
const texts = ['S-1', 'S-2', '', '\u202e=1+1']
/** What a model is built on is no free choice: an identity that contradicts itself is no device's. */
const boards = [
  { model: 'ctrlX CORE X3', architecture: 'arm64' },
  { model: 'ctrlX CORE X7', architecture: 'x64' },
  { model: 'ctrlX CORE virtual', architecture: 'x64' },
  { model: 'a box', architecture: 'riscv64' },
] as const

const of = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> => value.map((one) => fact(one, 'probed', at))
const text = of(fc.constantFrom(...texts))
const app = fc.record({
  name: fc.constantFrom('rexroth-deviceadmin', 'rexroth-automationcore', 'node-red-contrib-a'),
  version: fc.constantFrom(...versions),
  kind: fc.constantFrom('system' as const, 'hardware' as const, 'user' as const),
  enabled: fc.boolean(),
})

/** The traits that a family's rules ask for, found by asking them with an identity that notes what it is asked. */
function traitNames(family: FamilyId): readonly string[] {
  const asked = new Set(statedFacts[family].map(({ name }) => name))
  const noting = (answer: Fact<string> | undefined): Identity => ({
    family,
    readAt: at,
    systemVersion: fact('5.9.4.2', 'probed', at),
    traits: new Proxy<Record<string, Fact<string>>>(
      {},
      {
        get: (_, name) => {
          asked.add(String(name))
          return answer
        },
      },
    ),
  })
  for (const answer of [undefined, fact('yes', 'probed' as const, at)]) {
    const record = recordOf(family, {})
    const source = noting(answer)
    const archive = { source, unsafeEntries: [], hashMatches: true, unpackedBytes: 1 }
    const targetDevice = { name: 'PRESS-7', pinned: true, address: 'https://10.0.0.2' }
    for (const rule of families[family].rules)
      rule.evaluate({ record, archive, target: noting(answer), targetDevice })
  }
  return [...asked].filter((name) => /^[a-zA-Z]{1,40}$/.test(name))
}

function identities(family: FamilyId): fc.Arbitrary<Identity> {
  const traits = fc
    .record(
      Object.fromEntries(
        traitNames(family).map((name) => [name, of(fc.constantFrom(...words, ...versions))]),
      ),
      { requiredKeys: [] },
    )
    // Who names the address says by that whether it is kept; saying both could contradict itself.
    .map(({ keepsAddress, ...others }): Readonly<Record<string, Fact<string>>> => {
      const isAlone = keepsAddress !== undefined && others['finalAddress'] === undefined
      // A value that is there is a fact: only `fc.record` itself makes the compiler think of keys without one.
      return (isAlone ? { ...others, keepsAddress } : others) as Readonly<Record<string, Fact<string>>>
    })
  const board = fc
    .record({ plate: fc.constantFrom(...boards), known: fc.subarray(['model', 'architecture'] as const) })
    .map(({ plate, known }) =>
      Object.fromEntries(known.map((name) => [name, fact(plate[name], 'probed' as const, at)])),
    )
  const rest = fc.record(
    {
      family: fc.constant(family),
      readAt: fc.constant<string>(at),
      systemVersion: of(fc.constantFrom(...versions)),
      serial: text,
      hostname: text,
      operatingSystem: text,
      operatingState: text,
      apps: of(fc.array(app, { maxLength: 3 })),
      rights: of(fc.subarray(['rexroth-device.all.rwx', 'root'])),
      freeBytes: of(fc.constantFrom(0, 1, 1024 ** 3)),
      traits,
    },
    { requiredKeys: ['family', 'readAt'] },
  )
  return fc.tuple(board, rest).map(([known, facts]): Identity => ({ ...known, ...facts }))
}

function recordOf(family: FamilyId, changes: object) {
  return archiveRecordSchema.parse({
    format: 1,
    id: '20261121t060000z-press-7-abc123',
    origin: 'backup',
    family,
    device: { id: 'dev-000000000001', name: 'PRESS-7', address: 'https://10.0.0.2' },
    source: { family, readAt: at },
    takenAt: at,
    fileName: 'backup.zip',
    container: 'zip',
    sizeBytes: 1,
    sha256: 'a'.repeat(64),
    scope: { parts: [], leftOut: [] },
    proof: 'L2',
    passwordProtected: false,
    ...changes,
  })
}

const leftOut = fc.array(
  fc.record({ what: fc.constantFrom('rexroth-a', 'rexroth-b'), reason: fc.constantFrom(...leftOutReasons) }),
  { maxLength: 3 },
)

/** Any archive of a family and any device of it, as far as anything is known of either. */
export function anyPair(family: FamilyId): fc.Arbitrary<RuleInput> {
  const identity = identities(family)
  const changes = fc.record({
    origin: fc.constantFrom(...originSchema.options),
    fileName: fc.constantFrom('backup.zip', 'Backup_20261121_0200Z.zip', 'EPP.eppb', 'EPP.backup', '='),
    sizeBytes: fc.constantFrom(0, 1, 200_000_001, 209_715_201),
    scope: fc.record({ parts: fc.constant([]), leftOut }),
  })
  return fc.record({
    record: changes.map((some) => recordOf(family, some)),
    archive: fc.record({
      source: identity,
      unsafeEntries: fc.constantFrom(undefined, [], ['../x']),
      hashMatches: fc.constantFrom(undefined, true, false),
      unpackedBytes: fc.constantFrom(undefined, 0, 1024),
      keyKept: fc.constantFrom(undefined, true, false),
    }),
    target: fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 9, arbitrary: identity }),
    targetDevice: fc.record({
      name: fc.constant('PRESS-8'),
      pinned: fc.boolean(),
      address: fc.constantFrom('https://10.0.0.2', 'https://10.0.0.3', 'ssh://10.0.0.2'),
    }),
  })
}

/** The same pair with one thing less known; each way once. */
export function withOneLess(input: RuleInput): readonly RuleInput[] {
  const { archive, target } = input
  return [
    ...lessKnown(archive.source).map((source) => ({ ...input, archive: { ...archive, source } })),
    ...(target ? lessKnown(target).map((less) => ({ ...input, target: less })) : []),
    { ...input, target: undefined },
    { ...input, archive: { ...archive, hashMatches: undefined } },
    { ...input, archive: { ...archive, unsafeEntries: undefined } },
    { ...input, archive: { ...archive, keyKept: undefined } },
  ]
}

function lessKnown(identity: Identity): readonly Identity[] {
  const { family, readAt, traits = {}, ...facts } = identity
  const without = <T extends object>(known: T, name: string): T =>
    Object.fromEntries(Object.entries(known).filter(([each]) => each !== name)) as T
  return [
    ...Object.keys(facts).map((name) => ({ family, readAt, traits, ...without(facts, name) })),
    ...Object.keys(traits).map((name) => ({ ...identity, traits: without(traits, name) })),
  ]
}
