import { isAbsolute } from 'node:path'
import { FailureError } from '../../../shared/failure.ts'
import { parseAddress } from '../../../shared/model/address.ts'
import type { DeviceFacts } from '../../../shared/model/device.ts'
import { fact, type Fact, type Identity } from '../../../shared/model/identity.ts'
import { statedFacts, statedFactsAbout, type StatedFact } from '../../../shared/model/stated-facts.ts'
import { isVersion } from './versions.ts'

const family = 'endpoint-protector'
const known = statedFacts[family]

/** Facts about where things are on this computer, which no rule looks at. */
const places: readonly string[] = ['exportFolder']

/** Refuses what is no fact about an appliance, or no answer to it; an empty answer is none. */
export function checkFacts(facts: DeviceFacts): DeviceFacts {
  const given = Object.entries(facts).filter(([, value]) => value.trim() !== '')
  for (const [name, value] of given) checkFact(name, value)
  return Object.fromEntries(given.map(([name, value]) => [name, value.trim()]))
}

/** What a person stated, as facts of an identity. The version is the one that the rules compare. */
export function stated(facts: DeviceFacts, at: string): Partial<Identity> {
  const given = Object.entries(facts).filter(
    ([name, value]) => value !== '' && known.some((each) => each.name === name) && !places.includes(name),
  )
  const version = given.find(([name]) => name === 'version')?.[1]
  const traits: Readonly<Record<string, Fact<string>>> = Object.fromEntries(
    given.filter(([name]) => name !== 'version').map(([name, value]) => [name, fact(value, 'stated', at)]),
  )
  return {
    ...(version !== undefined && { systemVersion: fact(version.trim(), 'stated', at) }),
    ...(Object.keys(traits).length > 0 && { traits }),
  }
}

/** @throws FailureError `bad-input` naming the fact */
function checkFact(name: string, value: string): void {
  const allowed = statedFactsAbout(family, 'device')
  const one = allowed.find((each) => each.name === name)
  if (!one) throw refusal(name, `is no fact of an appliance (${allowed.map((each) => each.name).join(', ')})`)
  checkChoice(one, value)
  if (name === 'version' && !isVersion(value)) throw refusal(name, 'is no version, as 5.9.4.2 or 2604.0.1.0')
  if (name === 'finalAddress') parseAddress(value, 'https')
  if (name === 'exportFolder' && !isAbsolute(value)) throw refusal(name, 'is not a whole path')
  if (name.endsWith('Gigabytes') && !(Number(value) >= 0)) throw refusal(name, 'is no number')
}

function checkChoice({ name, answer }: StatedFact, value: string): void {
  const choices =
    answer.kind === 'yes-no' ? ['yes', 'no'] : answer.kind === 'choice' ? answer.choices : undefined
  if (choices && !choices.includes(value)) throw refusal(name, `is one of ${choices.join(', ')}`)
}

function refusal(field: string, reason: string): FailureError {
  return new FailureError({ code: 'bad-input', field, reason })
}
