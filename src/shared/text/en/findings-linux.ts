import type { FindingTexts } from '../finding-text.ts'

/** English titles and remedies of the Linux rules, by `rule.reason`. */
export const linuxFindings = {
  'L1.equal': ({ deviceValue }) => ({
    title: `Both have the processor architecture ${deviceValue?.value ?? '?'}.`,
    remedy: '',
  }),
  'L1.differs': ({ archiveValue, deviceValue, facts }) => ({
    title: `The archive is from a host with ${archiveValue?.value ?? '?'}, the target has ${deviceValue?.value ?? '?'}: programs in it will not run there${of(facts['parts'])}.`,
    remedy:
      'Restore only settings and data, or choose a target with the same processor architecture. Programs for the target have to be installed there.',
  }),
  'L1.no-programs': ({ archiveValue, deviceValue }) => ({
    title: `The processors differ (${archiveValue?.value ?? '?'} and ${deviceValue?.value ?? '?'}), but the archive holds no folder for programs.`,
    remedy: '',
  }),
  'L1.archive-unknown': () => ({
    title: 'The processor architecture of the source is not known.',
    remedy: 'If the archive holds programs, check yourself that they are made for the target.',
  }),
  'L1.device-unknown': () => ({
    title: 'The processor architecture of the target is not known.',
    remedy: 'Read the identity of the target.',
  }),
  'L2.equal': ({ deviceValue }) => ({
    title: `Both run ${deviceValue?.value ?? '?'}.`,
    remedy: '',
  }),
  'L2.differs': ({ archiveValue, deviceValue }) => ({
    title: `The archive is from ${archiveValue?.value ?? '?'}, the target runs ${deviceValue?.value ?? '?'}: settings and the state of services may not fit.`,
    remedy:
      'Bring the target to the same release first, or restore only what does not belong to the operating system.',
  }),
  'L2.archive-unknown': () => ({
    title: 'The operating system of the source is not known.',
    remedy: 'Compare the release of the source with that of the target yourself.',
  }),
  'L2.device-unknown': () => ({
    title: 'The operating system of the target is not known.',
    remedy: 'Read the identity of the target.',
  }),
  'L3.superuser': () => ({ title: 'The login may set the owner of every file.', remedy: '' }),
  'L3.not-superuser': () => ({
    title: 'The login is not the superuser: files will belong to the login, and some cannot be written.',
    remedy: 'Use the login of the superuser (root) if owners have to come back.',
  }),
  'L3.rights-unknown': () => ({
    title: 'Whether the login may set the owner of files is not known.',
    remedy: 'Read the identity of the target with the login that will restore.',
  }),
} satisfies FindingTexts

function of(parts: string | undefined): string {
  return parts === undefined || parts === '' ? '' : ` (${parts})`
}
