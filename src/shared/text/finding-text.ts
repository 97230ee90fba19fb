import type { Finding } from '../model/finding.ts'

/** The words for one finding. `remedy` is empty where nothing is to be done. */
export interface FindingText {
  readonly title: string
  readonly remedy: string
}

/** Words by `rule.reason`, e.g. `C1.differs`. */
export type FindingTexts = Readonly<Record<string, (finding: Finding) => FindingText>>
