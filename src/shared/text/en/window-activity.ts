import type { ActivityAction } from '../../model/activity.ts'

const actions: Readonly<Record<ActivityAction, string>> = {
  'device-added': 'Device added',
  'device-removed': 'Device removed',
  'pin-accepted': 'Fingerprint accepted',
  'backup-made': 'Backup made',
  'archive-imported': 'Archive imported',
  'archive-exported': 'Archive exported',
  'restore-intended': 'Restore begun',
  'restore-ended': 'Restore ended',
  'safety-backup-skipped': 'Restore without a safety backup',
  'job-failed': 'Job failed',
}

/** English words of the activity view. */
export const windowActivity = {
  title: 'Activity',
  subtitle:
    'Who did what to which device. Entries are only ever added; each holds the hash of the one before.',
  search: 'Search the activity',
  show: 'Show',
  filters: {
    all: 'Everything',
    backups: 'Backups and archives',
    restores: 'Restores',
    devices: 'Devices and fingerprints',
    failures: 'Failures',
  },
  toolbar: 'Search and filter',
  table: 'Activity',
  columns: { at: 'Time', actor: 'Person', action: 'What', subject: 'Which', facts: 'With' },
  actions,
  facts: {
    archive: 'Archive',
    sha256: 'SHA-256',
    sizeBytes: 'Size',
    file: 'File',
    address: 'Address',
    fingerprint: 'Fingerprint',
    former: 'Former fingerprint',
    compared: 'Compared',
    plan: 'Plan',
    outcome: 'Outcome',
    clean: 'Clean',
    reason: 'Reason',
    kind: 'Job',
    code: 'Failure',
  },
  yes: 'yes',
  no: 'no',
  detail: 'Entry',
  number: 'Number',
  hash: 'Hash of this entry',
  previous: 'Hash of the one before',
  widthOfList: 'Width of the list',
  choose: 'Choose an entry to see everything that was written down.',
  openReport: 'Show the report',
  openArchive: 'Show the archive',
  empty:
    'Nothing has been done yet. Every backup, restore and accepted fingerprint will be written down here.',
  nothingFound: 'No entry matches.',
  clear: 'Show everything',
  loading: 'Loading the activity',
  newest: (entries: string) => `The newest ${entries} entries are shown.`,
}
export type WindowActivityText = typeof windowActivity
