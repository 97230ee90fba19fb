import type { Rule } from '../../../shared/compatibility/rule.ts'
import { carriedAddress, keptAddress } from './address-rules.ts'
import { clientVersions, diskSpace, images, integrations, nightlyJob } from './preparation-rules.ts'
import { kindOfBackup, keyPresent, logsLeftOut, sizeLimit } from './file-rules.ts'
import { migrationPair, noDowngrade, partitionsFirst, sameLine, targetAge } from './version-rules.ts'

const manual = 'Netwrix Endpoint Protector manual, System Backup v2'
const formerManual = 'Netwrix Endpoint Protector manual 2509, System Backup'
const guide = 'Netwrix Endpoint Protector migration guide'
const legacyGuide = 'Netwrix Endpoint Protector, migration from a legacy 5.x image'
const faq = 'Netwrix Endpoint Protector migration FAQ'

/**
 * A rule that nobody can judge beforehand, because it is about what is done: the step of the procedure with this id
 * sees to it.
 */
function seenToBy(id: string, step: string, source: string): Rule {
  const evaluate: Rule['evaluate'] = () => ({ result: 'pass', reason: 'step', facts: { step } })
  return { id, hard: false, source, evaluate }
}

/** The rows `E…` of the rule table; hard and overridable as the vendor's words are. */
export const endpointProtectorRules: readonly Rule[] = [
  { id: 'E1', hard: true, source: manual, evaluate: keyPresent },
  { id: 'E2', hard: true, source: manual, evaluate: sizeLimit },
  {
    id: 'E3',
    hard: true,
    source: `${guide}; ${legacyGuide}; migration from a current image`,
    evaluate: migrationPair,
  },
  { id: 'E4', hard: true, source: manual, evaluate: targetAge },
  { id: 'E5', hard: false, source: `${manual}; ${formerManual}`, evaluate: sameLine },
  { id: 'E6', hard: true, source: `${faq}, 24`, evaluate: noDowngrade },
  seenToBy('E7', 'save-other-backups', manual),
  { id: 'E8', hard: false, source: `${formerManual}; ${guide}`, evaluate: logsLeftOut },
  { id: 'E9', hard: true, source: manual, evaluate: carriedAddress },
  { id: 'E10', hard: true, overridable: true, source: guide, evaluate: keptAddress },
  seenToBy('E11', 'keep-the-original', manual),
  seenToBy('E12', 'snapshot', guide),
  { id: 'E13', hard: false, source: guide, evaluate: diskSpace },
  { id: 'E14', hard: false, source: guide, evaluate: nightlyJob },
  seenToBy('E15', 'licence', `${guide}; ${legacyGuide}`),
  seenToBy('E16', 'clients-off', guide),
  { id: 'E17', hard: false, source: legacyGuide, evaluate: integrations },
  { id: 'E18', hard: false, source: `${guide}; ${faq}, 5`, evaluate: clientVersions },
  { id: 'E19', hard: false, source: `${guide}; ${faq}, 8; migration from a current image`, evaluate: images },
  { id: 'E20', hard: true, overridable: true, source: formerManual, evaluate: kindOfBackup },
  { id: 'E21', hard: true, overridable: true, source: manual, evaluate: partitionsFirst },
  seenToBy('E22', 'e-discovery', 'Netwrix knowledge base, backup and restore of Endpoint Protector'),
]
