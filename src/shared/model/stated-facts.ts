import type { FamilyId } from './family-id.ts'

/** How the answer to a question is given: free text in one line, several lines, yes or no, one of a list, a point in time. */
export type AnswerKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'lines' }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'date-time' }

/**
 * A fact that a person may state with `--fact name=value` or in the window. `about` says whether it can be stated of a
 * device, of the source of an archive, or of both; what the words for it are, is in `shared/text`.
 */
export interface StatedFact {
  readonly name: string
  readonly about: 'device' | 'archive' | 'both'
  readonly answer: AnswerKind
  /** A folder of this computer: chosen in a dialog that main opens or named on the command line, never by the window. */
  readonly isFolder?: true
}

/** The longest answer that is kept, in characters. */
export const longestAnswer = 4000

const text = { kind: 'text' } as const
const lines = { kind: 'lines' } as const
const yesNo = { kind: 'yes-no' } as const

/** Every fact a person may state, by family. */
export const statedFacts: Readonly<Record<FamilyId, readonly StatedFact[]>> = {
  'ctrlx-core': [],
  'deviceon-server': [
    { name: 'version', about: 'both', answer: text },
    { name: 'os', about: 'both', answer: { kind: 'choice', choices: ['windows', 'linux'] } },
    { name: 'tpm', about: 'both', answer: yesNo },
    { name: 'tpmId', about: 'both', answer: text },
    { name: 'serverAddress', about: 'both', answer: text },
    { name: 'mac', about: 'both', answer: text },
    { name: 'schedule', about: 'device', answer: { kind: 'choice', choices: ['daily', 'monthly'] } },
    { name: 'storageFolder', about: 'device', answer: text },
    { name: 'installFolder', about: 'device', answer: text },
    { name: 'portalPort', about: 'device', answer: text },
    { name: 'portalUser', about: 'device', answer: text },
  ],
  'endpoint-protector': [
    { name: 'version', about: 'both', answer: text },
    { name: 'kind', about: 'archive', answer: { kind: 'choice', choices: ['v1', 'v2'] } },
    { name: 'patchedAt', about: 'archive', answer: { kind: 'date-time' } },
    { name: 'finalAddress', about: 'device', answer: text },
    { name: 'keepsAddress', about: 'device', answer: yesNo },
    {
      name: 'modules',
      about: 'archive',
      answer: { kind: 'choice', choices: ['none', 'encryption', 'dpi', 'both'] },
    },
    { name: 'freePercent', about: 'archive', answer: text },
    { name: 'freeGigabytes', about: 'device', answer: text },
    { name: 'diskGigabytes', about: 'device', answer: text },
    { name: 'hypervisor', about: 'device', answer: text },
    { name: 'clientVersion', about: 'archive', answer: text },
    { name: 'eDiscovery', about: 'archive', answer: yesNo },
    { name: 'integrations', about: 'archive', answer: lines },
    { name: 'exportFolder', about: 'device', answer: text, isFolder: true },
  ],
  'linux-host': [
    { name: 'paths', about: 'device', answer: lines },
    { name: 'services', about: 'device', answer: lines },
    { name: 'mayDiffer', about: 'device', answer: lines },
    { name: 'root', about: 'device', answer: text },
    { name: 'stagingFolder', about: 'device', answer: text },
  ],
  'node-red': [{ name: 'adminRoot', about: 'device', answer: text }],
}

/** The facts that can be stated of a device, or of the source of an archive. */
export function statedFactsAbout(family: FamilyId, about: 'device' | 'archive'): readonly StatedFact[] {
  return statedFacts[family].filter((fact) => fact.about === about || fact.about === 'both')
}
