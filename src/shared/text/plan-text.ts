/** Sentences by id, filled in with facts. */
export type Sentences = Readonly<Record<string, (facts: Readonly<Record<string, string>>) => string>>

/** What a family, or the frame around all of them, says about a restore. */
export interface PlanTexts {
  readonly step: Sentences
  readonly sideEffect: Sentences
  readonly remark: Sentences
}

/** What is said of one step: a verb first in the title, all that a person has to know and do in the detail. */
export interface StepText {
  readonly title: string
  readonly detail: string
  /** The words on the button that says that it is done, where they say more than "This is done". */
  readonly done?: string
}

/** What a family, or the frame around all of them, says about the steps of a guided restore and what shows them done. */
export interface ProcedureTexts {
  readonly step: Readonly<Record<string, (facts: Readonly<Record<string, string>>) => StepText>>
  /** By the kind of the evidence. */
  readonly evidence: Sentences
}

/** What a family says about making a pair fit: its steps, what to have along, and the way back, by id. */
export interface BridgeTexts {
  readonly step: Sentences
  readonly bring: Sentences
  readonly wayBack: Sentences
}
