import type { RuleInput, RuleOutcome } from '../../../shared/compatibility/rule.ts'
import { sides, valueOf } from '../../../shared/compatibility/rule.ts'
import { compareVersions, versionNumbers } from '../../../shared/compatibility/version.ts'
import type { Question } from '../../../shared/model/finding.ts'
import type { Fact } from '../../../shared/model/identity.ts'
import { traitOf } from './file-rules.ts'
import { lineOf } from './versions.ts'

const sourceFreePercent = 30
const targetFreeGigabytes = 2
const disk2510Gigabytes = 320
const hourMs = 3_600_000
/** The nightly job runs at 21:00, so a day is always enough. */
const afterPatchMs = 24 * hourMs

const ofArchive = (fact: string): readonly Question[] => [{ about: 'archive', fact }]
const ofDevice = (fact: string): readonly Question[] => [{ about: 'device', fact }]

function targetTrait({ target }: RuleInput, name: string): Fact<string> | undefined {
  return target?.traits?.[name]
}

/** A number as a person writes it: `31`, `31 %`, `31,5 GB`. */
function numberOf(fact: Fact<string>): number | undefined {
  const [text] = /\d+([.,]\d+)?/.exec(fact.value) ?? []
  return text === undefined ? undefined : Number(text.replace(',', '.'))
}

/** E13: room on the source and on the target, each figure a finding of its own. */
export function diskSpace(input: RuleInput): readonly RuleOutcome[] {
  const is2510 =
    input.target?.systemVersion !== undefined && lineOf(input.target.systemVersion.value) === '2510'
  const free = traitOf(input.archive, 'freePercent')
  return [
    {
      ...atLeast(free, sourceFreePercent, 'source-free', ofArchive('freePercent')),
      ...sides(valueOf(free), undefined),
    },
    onTarget(input, 'freeGigabytes', targetFreeGigabytes, 'target-free'),
    ...(is2510 ? [onTarget(input, 'diskGigabytes', disk2510Gigabytes, 'target-disk')] : []),
  ]
}

function onTarget(input: RuleInput, name: string, least: number, about: string): RuleOutcome {
  const found = targetTrait(input, name)
  return { ...atLeast(found, least, about, ofDevice(name)), ...sides(undefined, valueOf(found)) }
}

function atLeast(
  found: Fact<string> | undefined,
  least: number,
  about: string,
  asks: readonly Question[],
): RuleOutcome {
  const facts = { least: String(least) }
  const number = found && numberOf(found)
  if (number === undefined) return { result: 'unknown', reason: `${about}-unknown`, facts, asks }
  return number >= least
    ? { result: 'pass', reason: `${about}-enough`, facts }
    : { result: 'caution', reason: `${about}-little`, facts }
}

/** E14: after a patch the nightly job has to run before the backup is made. */
export function nightlyJob({ record, archive }: RuleInput): RuleOutcome | readonly RuleOutcome[] {
  const version = archive.source.systemVersion
  if (!version || lineOf(version.value) !== '5.x') return []
  const patched = traitOf(archive, 'patchedAt')
  const archiveValue = sides(valueOf(patched), undefined)
  if (!patched) return { result: 'unknown', reason: 'patch-unknown', asks: ofArchive('patchedAt') }
  const passedMs = Date.parse(record.takenAt) - Date.parse(patched.value)
  if (passedMs < 0) return { result: 'caution', reason: 'patched-after', ...archiveValue }
  return passedMs < afterPatchMs
    ? { result: 'caution', reason: 'too-early', ...archiveValue }
    : { result: 'pass', reason: 'waited', ...archiveValue }
}

/** E17: passwords of other systems that do not (always) come back. */
export function integrations({ archive }: RuleInput): RuleOutcome {
  const stated = traitOf(archive, 'integrations')
  if (!stated) return { result: 'unknown', reason: 'not-stated', asks: ofArchive('integrations') }
  const list = integrationList(stated.value)
  const archiveValue = { value: list.join(', '), provenance: stated.provenance, readAt: stated.readAt }
  return list.length === 0
    ? { result: 'pass', reason: 'none' }
    : { result: 'caution', reason: 'to-enter', archiveValue, facts: { list: list.join(', ') } }
}

/** The integrations a person stated, one a line; `none` is none. */
export function integrationList(stated: string): readonly string[] {
  return stated
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(none|keine|-)$/i.test(line))
}

/** E18: clients up to 5.9.4.1 need 5.9.4.3 in between; those with Enforced Encryption are updated at once. */
export function clientVersions({ archive }: RuleInput): readonly RuleOutcome[] {
  const client = traitOf(archive, 'clientVersion')
  const modules = traitOf(archive, 'modules')?.value
  const encrypts = modules === 'encryption' || modules === 'both'
  return [
    oldestClient(client),
    ...(encrypts ? [{ result: 'caution' as const, reason: 'encryption-clients' }] : []),
  ]
}

function oldestClient(client: Fact<string> | undefined): RuleOutcome {
  if (!client) return { result: 'unknown', reason: 'client-unknown', asks: ofArchive('clientVersion') }
  const archiveValue = sides(valueOf(client), undefined)
  const isOld = versionNumbers(client.value).length > 0 && compareVersions(client.value, '5.9.4.1') <= 0
  return isOld
    ? { result: 'caution', reason: 'bridge-client', ...archiveValue }
    : { result: 'pass', reason: 'clients-fit', ...archiveValue }
}

/** E19: what the images ask of the network page and of the hypervisor. */
export function images(input: RuleInput): readonly RuleOutcome[] {
  const present = input.target?.systemVersion
  if (!present || lineOf(present.value) === '5.x') return []
  const deviceValue = sides(undefined, valueOf(present))
  const [image = 0] = versionNumbers(present.value)
  const hypervisor = targetTrait(input, 'hypervisor')
  return [
    ...(image < 2604 ? [{ result: 'caution' as const, reason: 'both-dns', ...deviceValue }] : []),
    hypervisorOutcome(lineOf(present.value), hypervisor),
  ]
}

function hypervisorOutcome(line: string, hypervisor: Fact<string> | undefined): RuleOutcome {
  if (!hypervisor) return { result: 'unknown', reason: 'hypervisor-unknown', asks: ofDevice('hypervisor') }
  const deviceValue = sides(undefined, valueOf(hypervisor))
  if (line === '2608') return { result: 'caution', reason: 'ubuntu-guest', ...deviceValue }
  return /(vsphere|esxi|vmware)\D*6\.5/i.test(hypervisor.value)
    ? { result: 'caution', reason: 'vsphere-65', ...deviceValue }
    : { result: 'pass', reason: 'hypervisor-fits', ...deviceValue }
}
