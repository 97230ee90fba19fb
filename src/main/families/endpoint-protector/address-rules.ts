import { FailureError } from '../../../shared/failure.ts'
import type { RuleInput, RuleOutcome } from '../../../shared/compatibility/rule.ts'
import { sides, valueOf } from '../../../shared/compatibility/rule.ts'
import { parseAddress } from '../../../shared/model/address.ts'
import type { FindingValue } from '../../../shared/model/finding.ts'
import type { Identity } from '../../../shared/model/identity.ts'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import { traitOf } from './file-rules.ts'

/** Which address the target takes over, and whether it is the one that the clients know. */
export interface AddressPlan {
  readonly old: string | undefined
  readonly final: string | undefined
  /** `undefined` where nobody knows. */
  readonly kept: boolean | undefined
}

/** From the record's device, which is the old appliance, and from what a person stated of the target. */
export function addressPlan(
  record: Pick<ArchiveRecord, 'device'>,
  target: Identity | undefined,
): AddressPlan {
  const stated = asAddress(target?.traits?.['finalAddress']?.value)
  const keeps = target?.traits?.['keepsAddress']?.value
  const known = asAddress(record.device.address)
  const old = known ?? (keeps === 'no' ? undefined : stated)
  const final = stated ?? (keeps === 'yes' ? known : undefined)
  if (keeps !== undefined) return { old, final, kept: keeps === 'yes' }
  if (old === undefined || final === undefined) return { old, final, kept: undefined }
  return { old, final, kept: hostOf(old) === hostOf(final) }
}

/** A backup may also go back to the server it was made on: then no address moves. */
export function isOwnServer(record: Pick<ArchiveRecord, 'device'>, address: string | undefined): boolean {
  return address !== undefined && record.device.address === address
}

/** What a person typed or an import says may be anything: what is no address is not known. */
function asAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    hostOf(text)
    return text
  } catch (error) {
    if (error instanceof FailureError) return undefined
    throw error
  }
}

function hostOf(address: string): string {
  return parseAddress(address, 'https').host
}

function valuesOf({ old, final }: AddressPlan): Pick<RuleOutcome, 'archiveValue' | 'deviceValue'> {
  const value = (text: string | undefined): FindingValue | undefined =>
    text === undefined ? undefined : { value: text, provenance: 'stated' }
  return sides(value(old), value(final))
}

/** E9: the old appliance goes off and its address goes to the new one; the procedure watches that nobody answers there. */
export function carriedAddress({ record, target, targetDevice }: RuleInput): RuleOutcome {
  const plan = addressPlan(record, target)
  if (isOwnServer(record, targetDevice.address)) return { result: 'pass', reason: 'same-server' }
  if (plan.kept === false) return { result: 'pass', reason: 'not-carried', ...valuesOf(plan) }
  if (plan.final !== undefined) {
    return { result: 'pass', reason: 'step', facts: { step: 'old-silent' }, ...valuesOf(plan) }
  }
  const asks = [{ about: 'device' as const, fact: 'finalAddress' }]
  return { result: 'unknown', reason: 'address-unknown', ...valuesOf(plan), asks }
}

/** E10: with another address, trust in the certificate breaks and encrypted drives have to be encrypted anew. */
export function keptAddress({ record, archive, target, targetDevice }: RuleInput): RuleOutcome {
  const plan = addressPlan(record, target)
  if (isOwnServer(record, targetDevice.address)) return { result: 'pass', reason: 'kept' }
  const modules = traitOf(archive, 'modules')
  const values = { ...valuesOf(plan), ...(modules && { archiveValue: valueOf(modules) ?? { value: '' } }) }
  if (plan.kept === true) return { result: 'pass', reason: 'kept', ...values }
  if (plan.kept === undefined) {
    const asks = [{ about: 'device' as const, fact: 'keepsAddress' }]
    return { result: 'unknown', reason: 'address-unknown', ...values, asks }
  }
  if (!modules) {
    const asks = [{ about: 'archive' as const, fact: 'modules' }]
    return { result: 'unknown', reason: 'modules-unknown', ...values, asks }
  }
  return modules.value === 'none'
    ? { result: 'caution', reason: 'other-address', ...values }
    : { result: 'blocker', reason: 'other-address-modules', ...values, facts: { modules: modules.value } }
}
