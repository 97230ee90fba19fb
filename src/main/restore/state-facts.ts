import { FailureError } from '../../shared/failure.ts'
import type { Annotations } from '../../shared/model/annotations.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import { statedFactsAbout, type StatedFact } from '../../shared/model/stated-facts.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { AnnotationBook } from '../vault/annotation-book.ts'
import type { Vault } from '../vault/vault.ts'

export interface StateFactsNeeds {
  readonly vault: Vault
  readonly annotations: AnnotationBook
  readonly activity: ActivityLog
}

/**
 * The use case "a person states what only they can know" about the source of an archive. An empty value takes a
 * statement back.
 * @throws FailureError `bad-input` naming the fact, `not-found`
 */
export function createStateFacts({ vault, annotations, activity }: StateFactsNeeds) {
  return async (id: ArchiveId, facts: Readonly<Record<string, string>>): Promise<Annotations> => {
    const { family, device } = await vault.read(id)
    const known = statedFactsAbout(family, 'archive')
    for (const [name, value] of Object.entries(facts)) checkAnswer(known, name, value)
    const stated = await annotations.state(id, facts)
    await activity.append({ action: 'fact-stated', subject: device.name, facts: { archive: id, ...facts } })
    return stated
  }
}

/** @throws FailureError `bad-input` for a fact that cannot be stated, or an answer that is none */
export function checkAnswer(known: readonly StatedFact[], name: string, value: string): void {
  const fact = known.find((each) => each.name === name)
  const refuse = (reason: string): never => {
    throw new FailureError({ code: 'bad-input', field: name, reason })
  }
  if (!fact)
    return refuse(`is no fact that can be stated here (${known.map((each) => each.name).join(', ')})`)
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
