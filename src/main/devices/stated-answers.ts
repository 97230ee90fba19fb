import { FailureError } from '../../shared/failure.ts'
import type { Device, DeviceFacts } from '../../shared/model/device.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
import { statedFacts, statedFactsAbout, type StatedFact } from '../../shared/model/stated-facts.ts'

/**
 * Checks what a person states; an empty value takes a statement back.
 * @throws FailureError `bad-input` naming the fact, for one that cannot be stated here or an answer that is none
 */
export function checkAnswers(
  family: FamilyId,
  about: 'device' | 'archive',
  facts: Readonly<Record<string, string>>,
): void {
  const known = statedFactsAbout(family, about)
  for (const [name, value] of Object.entries(facts)) checkAnswer(known, name, value)
}

/**
 * Checks only what is not as it was: what a device has already was checked by its family.
 * @throws FailureError as `checkAnswers`
 */
export function checkChangedAnswers(
  { family, facts }: Pick<Device, 'family' | 'facts'>,
  next: DeviceFacts,
): void {
  const changed = Object.entries(next).filter(([name, value]) => facts[name] !== value)
  checkAnswers(family, 'device', Object.fromEntries(changed))
}

/** The facts of a family that are folders of this computer. */
export function folderFacts(family: FamilyId): readonly string[] {
  return statedFacts[family].filter(({ isFolder }) => isFolder).map(({ name }) => name)
}

/**
 * What the window may say of a device: a folder of this computer stays as it was chosen in main's dialog, or goes.
 * @throws FailureError `bad-input` naming the fact
 */
export function keepFolders(family: FamilyId, known: DeviceFacts, next: DeviceFacts): DeviceFacts {
  const kept = folderFacts(family).flatMap((name) => {
    const [before, value] = [known[name], next[name] ?? known[name]]
    if (value === undefined || value === '') return []
    if (value === before) return [[name, value] as const]
    throw new FailureError({ code: 'bad-input', field: name, reason: 'is chosen in a dialog, not typed' })
  })
  const others = Object.entries(next).filter(([name]) => !folderFacts(family).includes(name))
  return Object.fromEntries([...others, ...kept])
}

function checkAnswer(known: readonly StatedFact[], name: string, value: string): void {
  const fact = known.find((each) => each.name === name)
  const refuse = (reason: string): never => {
    throw new FailureError({ code: 'bad-input', field: name, reason })
  }
  const names = known.map((each) => each.name).join(', ')
  if (!fact) return refuse(`is no fact that can be stated here (${names === '' ? 'there are none' : names})`)
  if (value === '') return
  switch (fact.answer.kind) {
    case 'yes-no':
      if (!['yes', 'no'].includes(value)) refuse('is answered with yes or no')
      return
    case 'choice':
      if (!fact.answer.choices.includes(value)) refuse(`is one of ${fact.answer.choices.join(', ')}`)
      return
    case 'date-time':
      if (Number.isNaN(Date.parse(value))) refuse('is a point in time, as 2026-03-01T20:00Z')
      return
    case 'text':
    case 'lines':
      return
  }
}
