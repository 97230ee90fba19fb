/** Sentences by id, filled in with facts. */
export type Sentences = Readonly<Record<string, (facts: Readonly<Record<string, string>>) => string>>

/** What a family, or the frame around all of them, says about a restore. */
export interface PlanTexts {
  readonly step: Sentences
  readonly sideEffect: Sentences
  readonly remark: Sentences
}
