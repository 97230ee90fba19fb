import type { Annotations } from '../../shared/model/annotations.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import type { ActivityLog } from '../activity/log.ts'
import { checkAnswers } from '../devices/stated-answers.ts'
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
    checkAnswers(family, 'archive', facts)
    const stated = await annotations.state(id, facts)
    await activity.append({ action: 'fact-stated', subject: device.name, facts: { archive: id, ...facts } })
    return stated
  }
}
