import type { FailureTexts, RestoreFailureCode } from '../failure-text.ts'
import { formatSize } from '../format.ts'

const untouched = 'Nothing was changed on the device.'
const kept = 'Nothing half-made was kept; existing archives are unchanged.'

/** English sentences about restores, procedures and backups made elsewhere; a part of the one table of failures. */
export const restoreFailures: Pick<FailureTexts, RestoreFailureCode> = {
  'restore-blocked': ({ device, verdict, rules }) => ({
    cause: `The archive does not fit ${device} (${verdict}: ${rules}).`,
    safe: untouched,
    next: 'See each finding: it says what to change so that the archive fits.',
  }),
  'confirmation-wrong': ({ expected }) => ({
    cause: `The name you typed is not “${expected}”.`,
    safe: untouched,
    next: `Type “${expected}” exactly, if that is the device you mean.`,
  }),
  'confirmation-missing': ({ reason }) => ({
    cause: `The restore was not confirmed (${reason}).`,
    safe: untouched,
    next: 'Look at the plan and confirm it.',
  }),
  'plan-stale': ({ reason, expected, actual }) => ({
    cause: `The plan no longer holds: ${reason} was “${expected}” and is now “${actual}”.`,
    safe: untouched,
    next: 'Check again and look at the new plan.',
  }),
  'wrong-device': ({ expected, actual }) => ({
    cause: `Another device answers at this address. Expected ${expected}, found ${actual}.`,
    safe: untouched,
    next: 'Check the cable and the address. Do not go on before you know which device this is.',
  }),
  'safety-backup-failed': ({ device, reason }) => ({
    cause: `The safety backup of ${device} did not succeed (${reason}), so the restore was not started.`,
    safe: untouched,
    next: 'Mend the cause and start again.',
  }),
  'password-needed': ({ archive }) => ({
    cause: `${archive} was made with a password, which the device needs to restore it.`,
    safe: untouched,
    next: 'Enter the password that was set for this backup.',
  }),
  'outcome-unknown': ({ device, detail }) => ({
    cause: `Nobody can say yet whether ${device} holds the old or the new state (${detail}).`,
    safe: 'The change was sent once and will not be sent again.',
    next: 'Go to the device and look at its state. The safety backup is in the vault.',
  }),
  'no-bridge': ({ device, archive }) => ({
    cause: `No change of system apps would make ${archive} fit ${device}.`,
    safe: untouched,
    next: 'Check again: either the pair fits by now, or the findings name another target.',
  }),
  'app-files-unfit': ({ device, missing, unfit }) => ({
    cause: [
      `The files do not hold what ${device} needs.`,
      ...(missing === '' ? [] : [`Missing: ${missing}.`]),
      ...(unfit === '' ? [] : [`Of no use: ${unfit}.`]),
    ].join(' '),
    safe: untouched,
    next: 'Choose exactly one file for each app, in the version and for the processor that are named.',
  }),
  'apps-incomplete': ({ device, done, failed, running, ahead, reason, state, safety }) => ({
    cause: `On ${device} ${failed} was not seen to run; ${running} runs (${reason}).`,
    safe: [
      done === '' ? 'No app was changed before it.' : `Done and running: ${done}.`,
      ...(ahead === '' ? [] : [`Not begun: ${ahead}.`]),
      ...(state === '' ? [] : [`The device is left in the operating state ${state}.`]),
    ].join(' '),
    next: `Look at the device, then make the plan again to go on: what runs already is not sent again. To go back, bring the former versions the same way${safety === '' ? '' : ` and restore the safety backup ${safety}`}.`,
  }),
  'not-for-drills': ({ device }) => ({
    cause: `${device} is in production, and drills are made on spare and practice devices alone.`,
    safe: untouched,
    next: 'Choose another device, or say first that this one is spare or for practice.',
  }),
  'way-back-missing': ({ device }) => ({
    cause: `There is no way back for ${device} yet, so the step that changes it does not begin.`,
    safe: untouched,
    next: 'Take the safety backup or snapshot first and say so, or begin again with a reason for going without.',
  }),
  'step-not-current': ({ step, current }) => ({
    cause: `The step “${step}” is not due: the procedure is at “${current}”.`,
    safe: untouched,
    next: 'Look at the procedure and do the step that is due.',
  }),
  'step-needs-note': ({ step }) => ({
    cause: `The step “${step}” is kept with what you found, and nothing was written down.`,
    safe: untouched,
    next: 'Write down what you saw, for example the name of the snapshot or the version, and confirm again.',
  }),
  'step-not-proven': ({ step, detail }) => ({
    cause: `The step “${step}” could not be proven: ${detail}.`,
    safe: '',
    next: 'Look at the device and at what it said; then try the step again.',
  }),
  'nothing-new': ({ device, newest }) => ({
    cause:
      newest === ''
        ? `${device} has no backup file to fetch.`
        : `Every backup of ${device} is in the vault already; the newest is ${newest}.`,
    safe: 'Nothing was changed.',
    next: 'Check on the device that its scheduled backup is on and has run.',
  }),
  'backup-by-hand': ({ device }) => ({
    cause: `${device} gives its backups only through its own web page.`,
    safe: untouched,
    next: 'Make the backup there, save the file and its key, and import the file for this device.',
  }),
  'backups-incomplete': ({ device, stored, waiting, reason }) => ({
    cause: `Of the backups that wait on ${device}, ${stored} are stored now and ${waiting} are not (${reason}).`,
    safe: 'What is stored is whole and stays. Nothing was changed on the device.',
    next: 'Start the backup again: it goes on with those that are missing. A file that is damaged on the device stays so: look at it there.',
  }),
  'file-still-growing': ({ file, sizeBytes }) => ({
    cause: `${file} is still being written (${formatSize(sizeBytes, 'en')} so far).`,
    safe: kept,
    next: 'Wait until the device has finished the file and try again.',
  }),
}
