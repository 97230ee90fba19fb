import type { Finding } from '../../model/finding.ts'
import type { FindingTexts } from '../finding-text.ts'

const named = (
  finding: Finding,
  model: 'archiveModel' | 'deviceModel',
  value: string | undefined,
): string => {
  const name = finding.facts[model] ?? ''
  return name === '' ? (value ?? '?') : `${name} (${value ?? '?'})`
}
const apps = ({ facts }: Finding): string => facts['apps'] ?? '?'

/** English titles and remedies of the ctrlX rules, by `rule.reason`. */
export const ctrlxFindings = {
  'C1.equal': ({ deviceValue }) => ({
    title: `Both have the processor architecture ${deviceValue?.value ?? '?'}.`,
    remedy: '',
  }),
  'C1.differs': (finding) => ({
    title: `The archive is from a ${named(finding, 'archiveModel', finding.archiveValue?.value)}, the target is a ${named(finding, 'deviceModel', finding.deviceValue?.value)}: their processor architectures differ.`,
    remedy:
      'Choose a target with the same architecture. X7 and virtual are interchangeable, X3 only with X3.',
  }),
  'C1.archive-unknown': () => ({
    title: 'The processor architecture of the source is not known.',
    remedy: 'Make a new backup of the source, so that its model is recorded.',
  }),
  'C1.device-unknown': () => ({
    title: 'The processor architecture of the target is not known.',
    remedy: 'Read the identity of the target.',
  }),
  'C2.equal': ({ deviceValue }) => ({
    title: `Both have the system version ${deviceValue?.value ?? '?'}.`,
    remedy: '',
  }),
  'C2.differs': ({ archiveValue, deviceValue }) => ({
    title: `The archive was made on system version ${archiveValue?.value ?? '?'}, the target has ${deviceValue?.value ?? '?'}.`,
    remedy: `Upgrade or downgrade the target’s system apps from ${deviceValue?.value ?? '?'} to version ${archiveValue?.value ?? '?'} of the backup, then check again.`,
  }),
  'C2.archive-unknown': () => ({
    title: 'The system version of the source is not known.',
    remedy:
      'Make a new backup of the source; its system apps must all have the same major and minor version.',
  }),
  'C2.device-unknown': () => ({
    title: 'The system version of the target is not known.',
    remedy:
      'Read the identity of the target. If it stays unknown, bring all system apps of the target to one version.',
  }),
  'C3.none-missing': () => ({ title: 'No system or hardware app was left out of the backup.', remedy: '' }),
  'C3.kept-on-device': (finding) => ({
    title: `System and hardware apps are not in the backup; the target keeps its own: ${apps(finding)}.`,
    remedy: '',
  }),
  'C3.not-in-archive': (finding) => ({
    title: `System and hardware apps are not in the backup: ${apps(finding)}.`,
    remedy: `These apps are not restored: ${apps(finding)}. Install them on the target yourself.`,
  }),
  'C3.not-on-device': (finding) => ({
    title: `System or hardware apps of the source are neither in the backup nor on the target: ${apps(finding)}.`,
    remedy: `These apps are not restored: ${apps(finding)}. Install them on the target yourself if it needs them.`,
  }),
  'C3.apps-unknown': () => ({
    title: 'Nobody noted which system and hardware apps this backup leaves out.',
    remedy: 'Compare the apps of the target with those of the archive after the restore.',
  }),
  'C4.none-disabled': () => ({ title: 'No app was left out for being disabled.', remedy: '' }),
  'C4.left-out': (finding) => ({
    title: `Disabled apps were left out of the backup: ${apps(finding)}.`,
    remedy: `Enable them on the source (${apps(finding)}) and make a new backup if you need them.`,
  }),
  'C4.apps-unknown': () => ({
    title: 'Nobody noted which disabled apps this backup leaves out.',
    remedy: 'Look at the apps of the source: disabled ones are never in a backup.',
  }),
  'C5.full-access': () => ({ title: 'The login has full access.', remedy: '' }),
  'C5.right-missing': ({ facts }) => ({
    title: `The login does not have full access (${facts['right'] ?? '?'}).`,
    remedy: 'Log in with a user that has the backup and restore rights.',
  }),
  'C5.rights-unknown': ({ facts }) => ({
    title: `Whether the login has full access (${facts['right'] ?? '?'}) is not known.`,
    remedy: 'Read the identity of the target with the login that will restore.',
  }),
} satisfies FindingTexts
