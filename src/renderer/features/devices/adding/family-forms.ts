import type { FamilyId } from '../../../../shared/model/family-id.ts'
import type { Protocol } from '../../../../shared/model/address.ts'
import { statedFactsAbout } from '../../../../shared/model/stated-facts.ts'

/** A fact that a person may give about a device; its words are in the texts, under the family and this name. */
export interface FactField {
  readonly name: string
  /** `lines`: several, one a line. */
  readonly kind: 'line' | 'lines' | 'choice'
  /** The answers of a choice. */
  readonly choices?: readonly string[]
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
  'deviceon-server': { protocol: 'ssh', facts: formFacts('deviceon-server', ['storageFolder', 'version']) },
  'endpoint-protector': {
    protocol: 'https',
    facts: formFacts('endpoint-protector', ['version', 'finalAddress']).filter(
      // A folder of this computer is chosen in a dialog that main opens, never typed.
      ({ name }) => name !== 'exportFolder',
    ),
  },
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
  'node-red': { protocol: 'https', facts: [{ name: 'adminRoot', kind: 'line', place: 'more' }] },
}

/** Everything that can be stated of a device of the family; what is in `first` is not folded away. */
function formFacts(family: FamilyId, first: readonly string[]): readonly FactField[] {
  return statedFactsAbout(family, 'device').map(({ name, answer }): FactField => {
    const place = first.includes(name) ? 'first' : 'more'
    switch (answer.kind) {
      case 'choice':
        return { name, kind: 'choice', choices: answer.choices, place }
      case 'yes-no':
        return { name, kind: 'choice', choices: ['yes', 'no'], place }
      case 'lines':
        return { name, kind: 'lines', place }
      case 'text':
      case 'date-time':
        return { name, kind: 'line', place }
    }
  })
}
