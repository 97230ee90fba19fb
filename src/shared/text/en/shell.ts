import type { AppJobPlan } from '../../model/bridge.ts'
import type { RestorePlan } from '../../model/restore.ts'
import { formatCount, formatSize } from '../format.ts'

/** A question with two answers. */
export interface Question {
  readonly message: string
  readonly detail: string
  readonly confirm: string
  readonly cancel: string
}

/** What taking out comes to; bytes. */
export interface TakeOutSizes {
  readonly files: number
  readonly totalBytes: number
  /** What it has in the archive. */
  readonly packedBytes: number
}

/** Under which names things are taken out: three answers. */
export interface UnsafeNamesQuestion {
  readonly message: string
  readonly detail: string
  readonly rename: string
  readonly skip: string
  readonly cancel: string
}

/** What the application says outside its window: dialogs of the operating system and notices before there is a window. */
export interface ShellText {
  readonly chooseImports: string
  readonly chooseApps: string
  readonly chooseExport: string
  readonly chooseFolder: string
  readonly chooseBackupFolder: string
  readonly confirmRestore: (plan: RestorePlan) => Question
  readonly confirmApps: (plan: AppJobPlan) => Question
  readonly confirmTakeOut: (sizes: TakeOutSizes) => Question
  readonly unsafeNames: (count: number, example: string) => UnsafeNamesQuestion
  readonly refusedSwitch: (name: string) => string
  readonly cannotStart: (cause: string) => string
}

export const shell: ShellText = {
  chooseImports: 'Choose archives to import',
  chooseApps: 'Choose the app files',
  chooseExport: 'Export the archive to',
  chooseFolder: 'Choose an empty folder',
  chooseBackupFolder: 'Choose the folder that the device writes its backups to',
  confirmRestore: ({ deviceName, archiveId, target, hash, options, steps }) => ({
    message: `Restore to ${deviceName}?`,
    detail: [
      `Archive: ${archiveId}`,
      `Device: ${deviceName}${target.serial ? `, serial ${target.serial.value}` : ''}`,
      !options.safetyBackup.take
        ? `No safety backup is made. Your reason: ${options.safetyBackup.reason}`
        : steps.some(({ step }) => step === 'way-back-by-person')
          ? 'You take a snapshot of the machine first: it is the way back.'
          : 'A safety backup of the device is made first.',
      `Plan: ${hash.slice(0, 16)}`,
    ].join('\n'),
    confirm: `Restore to ${deviceName}`,
    cancel: 'Cancel',
  }),
  confirmApps: ({ deviceName, target, changes, hash, options }) => ({
    message: `Change ${String(changes.length)} system apps of ${deviceName}?`,
    detail: [
      `Device: ${deviceName}${target.serial ? `, serial ${target.serial.value}` : ''}`,
      ...changes.map(
        ({ change, file }) => `${change.app}: ${change.from ?? '–'} → ${file?.version ?? change.to}`,
      ),
      'The control tasks stop, and the device restarts, possibly several times.',
      options.safetyBackup.take
        ? 'A safety backup of the device is made first.'
        : `No safety backup is made. Your reason: ${options.safetyBackup.reason}`,
      `Plan: ${hash.slice(0, 16)}`,
    ].join('\n'),
    confirm: `Change ${deviceName}`,
    cancel: 'Cancel',
  }),
  confirmTakeOut: ({ files, totalBytes, packedBytes }) => ({
    message: `Take out ${formatSize(totalBytes, 'en')}?`,
    detail: `${formatCount(files, 'en')} ${files === 1 ? 'file' : 'files'}. In the archive it has ${formatSize(packedBytes, 'en')}. The folder needs room for ${formatSize(totalBytes, 'en')}.`,
    confirm: `Take out ${formatSize(totalBytes, 'en')}`,
    cancel: 'Cancel',
  }),
  unsafeNames: (count, example) => ({
    message:
      count === 1
        ? 'One entry has a name that is not safe on every system.'
        : `${formatCount(count, 'en')} entries have names that are not safe on every system.`,
    detail: `For example: ${example}\n\nThey can be taken out under names that are like their own. In the archive nothing changes.`,
    rename: 'Take out under safe names',
    skip: 'Leave these out',
    cancel: 'Cancel',
  }),
  refusedSwitch: (name) => `Ferrite does not start with --${name}, because it would weaken its protection.`,
  cannotStart: (cause) => `Ferrite cannot start. ${cause}`,
}
