import { lastMember, type NoiseFilter, type Spot } from '../../archives/noise.ts'
import { isSecretStep } from '../../archives/meaning-print.ts'
import { flowNoise } from '../node-red/noise.ts'
import { setupFileNames } from './archive.ts'

const isSetupFile = (path: string): boolean => setupFileNames.some((name) => name === path)
const isRootMember = ({ steps }: Spot, ...names: readonly string[]): boolean =>
  steps.length === 1 && names.includes(lastMember(steps) ?? '')

/** Differences between two backups that say nothing of the device. */
export const noise: readonly NoiseFilter[] = [
  {
    // Inferred: the vendor does not document the cipher; with one that deserves the name no two results are the same.
    kind: 'entry',
    code: 'encrypted-anew',
    in: (path) => path.endsWith('.aes'),
  },
  {
    // The vendor's schema: made by the device of the password of the backup.
    kind: 'value',
    code: 'backup-password',
    in: isSetupFile,
    isNoise: (spot) => isRootMember(spot, '$passwordHash'),
  },
  {
    // The vendor's schema: `$name`, `$version` and `$description` are of the backup, `$schema` is of its format.
    kind: 'value',
    code: 'backup-name',
    in: isSetupFile,
    isNoise: (spot) => isRootMember(spot, '$name', '$version', '$description', '$schema'),
  },
  {
    // Observed by others on a device: after a restore of the same data only this file and `plc_system.cfg` differed.
    // That other one holds settings that people make, so it is no noise.
    kind: 'entry',
    code: 'written-by-device',
    in: (path) => /^configurations\/(active|archive\/[^/]+)\/scheduler\/autoconfig\.json$/.test(path),
  },
  ...flowNoise((path) => /(^|\/)node-red\/(.*\/)?flows[^/]*\.json$/i.test(path)),
]

/** The same between a backup and what the device tells of itself: that names no files, and is asked without a password. */
export const settingsNoise: readonly NoiseFilter[] = [
  {
    kind: 'value',
    code: 'file-references',
    in: isSetupFile,
    isNoise: ({ steps }) => ['$path', '$content'].includes(lastMember(steps) ?? ''),
  },
  {
    kind: 'value',
    code: 'secrets-not-told',
    in: isSetupFile,
    isNoise: ({ steps, change }) =>
      change === 'removed' &&
      (steps.some(isSecretStep) ||
        // Private keys of certificates: in a backup with a password only.
        (steps[0]?.kind === 'member' &&
          steps[0].name === 'certificateManagement' &&
          steps.some((step) => step.kind === 'member' && step.name === 'keys'))),
  },
]
