import type { FamilyId } from '../../../../shared/model/family-id.ts'
import type { Protocol } from '../../../../shared/model/address.ts'

/** A fact that a person may give about a device; its words are in the texts, under the family and this name. */
export interface FactField {
  readonly name: string
  /** `lines`: several, one a line. */
  readonly kind: 'line' | 'lines'
  /** `more` is folded away. */
  readonly place: 'first' | 'more'
}

/** What the forms ask of a family's devices. */
export interface FamilyForm {
  readonly protocol: Protocol
  readonly facts: readonly FactField[]
}

/** The forms by family. The facts are those that the family's own check in main knows. */
export const familyForms: Readonly<Record<FamilyId, FamilyForm>> = {
  'ctrlx-core': { protocol: 'https', facts: [] },
  'linux-host': {
    protocol: 'ssh',
    facts: [
      { name: 'paths', kind: 'lines', place: 'first' },
      { name: 'services', kind: 'lines', place: 'more' },
      { name: 'mayDiffer', kind: 'lines', place: 'more' },
      { name: 'root', kind: 'line', place: 'more' },
      { name: 'stagingFolder', kind: 'line', place: 'more' },
    ],
  },
}
