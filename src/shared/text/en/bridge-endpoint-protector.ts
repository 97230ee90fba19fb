import type { Sentences } from '../plan-text.ts'

type BridgeTexts = Readonly<Record<'step' | 'bring' | 'wayBack', Sentences>>

/** English words for the way to a backup that its target takes, by id. */
export const endpointProtectorBridge = {
  step: {
    'snapshot-old': ({ old = 'the source' }) =>
      `Make a snapshot of the machine of ${old} and wait until it says that it is completed.`,
    'upgrade-step-by-step': ({ source = '?' }) =>
      `Upgrade from ${source} step by step, with Live Update or the offline patches, until 5.7.0.0 or later runs. From before 5.2.0.6, Netwrix Support enables database partitions first.`,
    'patch-to-5942': () => 'Install the cumulative patch to 5.9.4.2 and check the version in the console.',
    'upgrade-to-2604': ({ source = '?' }) =>
      `Upgrade from ${source} to 2604 and check the version in the console.`,
    'wait-nightly': () => 'Wait 24 hours, so that the nightly job (21:00) has run once after the patch.',
    'export-logs': () => 'Export the old logs with an Audit Log Backup and take the files away.',
    'clean-logs': () =>
      'Clean up the exported logs on the server, or ask Netwrix Support for the export fix for 5.9.4.2.',
    'new-backup': ({ old = 'the source' }) =>
      `Make a new System Backup v2 on ${old}, save its key and download the file.`,
    'import-new': ({ old = 'the source' }) =>
      `Import the file for ${old} in Ferrite, give its key and check it against the target again.`,
  },
  bring: {
    'upgrade-files': ({ source = '?' }) => `Offline patches from ${source} up to 5.9.4.2.`,
    'patch-5942': () => 'The cumulative patch to 5.9.4.2.',
    'patch-2604': () => 'The patch to 2604.',
    'console-login': ({ old = 'the source' }) =>
      `A login to the console of ${old} and to its hypervisor, for the snapshot.`,
  },
  wayBack: {
    'snapshot-back': ({ old = 'the source' }) =>
      `Go back to the snapshot of ${old}: it is the only way back from an upgrade.`,
  },
} satisfies BridgeTexts
