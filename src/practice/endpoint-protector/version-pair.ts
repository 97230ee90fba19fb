import { compareVersions, imageLineOf } from './version.ts'

/** Why an appliance does not take a backup of another version. The sentence is the simulator's own. */
export type VersionRefusal = 'downgrade' | 'target-too-old' | 'below-5.7' | 'not-5.9.4.2'

export const refusalSentences: Readonly<Record<VersionRefusal, string>> = {
  downgrade: 'The backup was created on a newer version than this server. A downgrade is not supported.',
  'target-too-old': 'Import and Restore (Migrate) needs a server version higher than 5.2.0.6.',
  'below-5.7':
    'The backup was created on a version older than 5.7.0.0. Upgrade the old server step by step first.',
  'not-5.9.4.2':
    'The backup was not created on 5.9.4.2. Upgrade the old server to 5.9.4.2 and create a new backup.',
}

interface PairRule {
  readonly refusal: VersionRefusal
  readonly applies: (source: string, target: string) => boolean
}

const isLegacy = (version: string): boolean => imageLineOf(version) === '5.x'

/** The first row that applies counts. Migration guide of 2026, its questions and answers, and the backup page. */
const rules: readonly PairRule[] = [
  { refusal: 'downgrade', applies: (source, target) => compareVersions(source, target) > 0 },
  { refusal: 'target-too-old', applies: (_source, target) => compareVersions(target, '5.2.0.6') <= 0 },
  {
    refusal: 'below-5.7',
    applies: (source, target) => !isLegacy(target) && compareVersions(source, '5.7.0.0') < 0,
  },
  {
    refusal: 'not-5.9.4.2',
    applies: (source, target) =>
      !isLegacy(target) && isLegacy(source) && compareVersions(source, '5.9.4.2') !== 0,
  },
]

/** Why `target` refuses a backup of `source`, or undefined when it takes it. */
export function refusalOfPair(source: string, target: string): VersionRefusal | undefined {
  return rules.find((rule) => rule.applies(source, target))?.refusal
}
