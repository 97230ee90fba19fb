/** English words of the job tray. */
export const windowJobs = {
  title: 'Jobs',
  tray: 'Jobs of this session',
  show: 'Show the jobs',
  hide: 'Hide the jobs',
  running: 'Running',
  attention: 'Needs attention',
  failed: 'Failed',
  done: 'Done',
  cancelled: 'Cancelled',
  countRunning: (jobs: string) => `${jobs} running`,
  countAttention: (jobs: string) => (jobs === '1' ? '1 needs attention' : `${jobs} need attention`),
  countDone: (jobs: string) => `${jobs} done`,
  clear: 'Clear the ended ones',
  dismiss: 'Take out of the list',
  retry: 'Try again',
  showArchive: 'Show the archive',
  showReport: 'Show the report',
  showProcedure: 'Show its steps',
  took: (duration: string) => `took ${duration}`,
  /** May the window be closed? */
  closing: {
    nothing: 'Nothing is running. You may close the window.',
    running: (jobs: string) =>
      jobs === '1'
        ? 'You may close the window: the job goes on in the background, and Ferrite ends after it. Leave the computer on and the cable in.'
        : `You may close the window: the ${jobs} jobs go on in the background, and Ferrite ends after the last of them. Leave the computer on and the cables in.`,
    sealed: (device: string) =>
      `${device} is being changed. You may close the window: that goes on in the background. Leave the computer on and the cable in until it has ended.`,
  },
  ended: {
    backup: (device: string) => `The backup of ${device} is in the vault.`,
    restore: (device: string) => `The restore to ${device} has ended. Read what came of it.`,
    verify: (subject: string) => `The archive of ${subject} is unchanged and opens.`,
    import: (file: string) => `${file} is in the vault.`,
    procedure: (device: string) => `${device}: the guided restore waits for you or has ended.`,
    bridge: (device: string) => `The system apps of ${device} have been changed.`,
    extract: (subject: string) => `Files of ${subject} were taken out.`,
    failed: (job: string, subject: string) => `${job} of ${subject} failed.`,
    unclear: (job: string, subject: string) => `${job} of ${subject}: it is not known what came of it.`,
    many: (done: string, failed: string) =>
      failed === '0' ? `${done} jobs have ended well.` : `${done} jobs have ended well, ${failed} failed.`,
  },
  /** After `ended.extract`. */
  takenOut: (files: string, folder: string, isOne: boolean) =>
    isOne ? `The file is now in ${folder}.` : `${files} files are now in ${folder}.`,
  skipped: (count: string, isOne: boolean) =>
    isOne
      ? 'One entry was not taken out: a link, a device, or a name that is there twice or not safe.'
      : `${count} entries were not taken out: links, devices, or names that are there twice or not safe.`,
  renamed: (count: string, isOne: boolean) =>
    isOne ? 'One has another name.' : `${count} have other names.`,
  details: 'Details',
}
export type WindowJobsText = typeof windowJobs
