/* eslint max-lines: ["error", 400] -- a table with one row for each failure code; split it and the compiler could no longer prove it complete */
import type { FailureTexts } from '../failure-text.ts'
import { formatSize } from '../format.ts'
import type { Phase } from '../../model/progress.ts'
import { restoreFailures } from './failures-restore.ts'
import { words } from './words.ts'

const untouched = 'Nothing was changed on the device.'
const kept = 'Nothing half-made was kept; existing archives are unchanged.'
const notOpened = 'The file was kept exactly as it is and nothing was taken out of it.'
const size = (bytes: number): string => formatSize(bytes, 'en')
/** The words of a phase of a job; the transport names steps of its own, which stay as they are. */
const during = (phase: string): string =>
  Object.hasOwn(words.phase, phase) ? words.phase[phase as Phase] : phase

const parserEnds = {
  ended: 'the process that reads archives has ended',
  frozen: 'the process that reads archives no longer answered and was ended',
  memory: 'reading it took too much memory and was ended',
  silent: 'reading it got no further and was ended',
  answer: 'the process that reads archives gave an impossible answer and was ended',
  fault: 'reading it met something that Ferrite did not foresee',
} as const
/** A newer version may know other ends; its own word is better than none. */
const endOf = (reason: string): string =>
  Object.hasOwn(parserEnds, reason) ? parserEnds[reason as keyof typeof parserEnds] : reason

/** English sentences, one entry for each failure code. */
export const failures: FailureTexts = {
  unexpected: ({ incident }) => ({
    cause: `Something went wrong that Ferrite did not foresee (incident ${incident}).`,
    safe: '',
    next: `Look for ${incident} in the log and report it. Then try again.`,
  }),
  cancelled: ({ phase }) => ({
    cause: `Cancelled (${during(phase)}).`,
    safe: kept,
    next: 'Start again when you are ready.',
  }),
  'bad-input': ({ field, reason }) => ({
    cause: `The value for “${field}” cannot be used: it ${reason}.`,
    safe: 'Nothing was changed.',
    next: `Correct “${field}” and try again.`,
  }),
  'not-found': ({ kind, id }) => ({
    cause: `There is no ${kind} “${id}”.`,
    safe: 'Nothing was changed.',
    next: 'Check the name; the list shows what is there.',
  }),
  'ambiguous-id': ({ kind, id, matches }) => ({
    cause: `“${id}” could be any of ${String(matches)} entries of the kind ${kind}.`,
    safe: 'Nothing was changed.',
    next: 'Give more of the name.',
  }),
  'name-taken': ({ name }) => ({
    cause: `There is already a device named “${name}”.`,
    safe: 'Nothing was changed.',
    next: 'Choose another name: the name is what you type to confirm a restore.',
  }),
  'request-refused': ({ reason }) => ({
    cause: `The window asked for something that is not allowed (${reason}).`,
    safe: 'Nothing was done.',
    next: 'Restart Ferrite. If it happens again, report it.',
  }),
  'device-busy': ({ device, job }) => ({
    cause: `${device} is busy with another job (${job}).`,
    safe: untouched,
    next: 'Wait for that job to end, or cancel it.',
  }),
  'device-unreachable': ({ address, reason }) => ({
    cause: `${address} cannot be reached (${reason}).`,
    safe: untouched,
    next: 'Check the cable, the power and the address, then try again.',
  }),
  'device-silent': ({ address, phase, seconds }) => ({
    cause: `${address} did not answer for ${String(seconds)} seconds (${during(phase)}).`,
    safe: '',
    next: 'Check the cable and that the device is running, then try again.',
  }),
  'connection-lost': ({ address, phase, bytesDone }) => ({
    cause: `The connection to ${address} broke off (${during(phase)}, after ${size(bytesDone)}).`,
    safe: kept,
    next: 'Check the cable, then start again.',
  }),
  'login-refused': ({ address, user }) => ({
    cause: `${address} refused the login of “${user}”.`,
    safe: untouched,
    next: 'Check user name and password. Several wrong attempts may lock the account for a while.',
  }),
  'sessions-exhausted': ({ address, user }) => ({
    cause: `${address} has no free session for “${user}”: too many sessions are open.`,
    safe: untouched,
    next: 'Log other sessions of this user out on the device, or wait until they expire.',
  }),
  'rights-missing': ({ address, user, right }) => ({
    cause: `“${user}” may not do this on ${address}: the right “${right}” is missing.`,
    safe: untouched,
    next: 'Use a login that has this right.',
  }),
  'credentials-needed': ({ device }) => ({
    cause: `Ferrite has no password or key for ${device}.`,
    safe: untouched,
    next: 'Enter the password, or name a key file.',
  }),
  'pin-unknown': ({ address, pinKind, offered }) => ({
    cause: `${address} shows a ${pinKind === 'ssh' ? 'host key' : 'certificate'} that nobody has accepted yet: ${offered}`,
    safe: 'No user name and no password were sent.',
    next: 'Compare this fingerprint with the one the device itself shows, then accept it.',
  }),
  'pin-changed': ({ address, pinKind, pinned, offered }) => ({
    cause: `The ${pinKind === 'ssh' ? 'host key' : 'certificate'} of ${address} has changed. Accepted: ${pinned}. Now: ${offered}`,
    safe: 'No user name and no password were sent.',
    next: 'Find out why before you go on. Only if the device was replaced or reset, accept the new fingerprint for it.',
  }),
  'weak-crypto': ({ address, detail }) => ({
    cause: `${address} offers only encryption that is no longer safe (${detail}).`,
    safe: 'No password was sent.',
    next: 'Update the software of the device.',
  }),
  'wrong-family': ({ address, family, detail }) => ({
    cause: `What answers at ${address} is not a device of the kind ${family} (${detail}).`,
    safe: untouched,
    next: 'Check the address, or choose another kind of device.',
  }),
  'shell-not-supported': ({ address, shell }) => ({
    cause: `${address} runs what comes over SSH in ${shell}, and Ferrite speaks the command prompt there.`,
    safe: untouched,
    next: 'On the server, set DefaultShell under HKEY_LOCAL_MACHINE\\SOFTWARE\\OpenSSH to C:\\Windows\\System32\\cmd.exe, or remove it.',
  }),
  'unexpected-answer': ({ address, request, detail }) => ({
    cause: `${address} answered ${request} with something its interface does not allow (${detail}).`,
    safe: kept,
    next: 'Check that this is the right device and that its software version is supported.',
  }),
  'redirect-refused': ({ address, location }) => ({
    cause: `${address} tried to send Ferrite elsewhere (${location}). Ferrite does not follow.`,
    safe: 'No password was sent to the other place.',
    next: 'Check the address of the device.',
  }),
  'length-mismatch': ({ what, announcedBytes, receivedBytes }) => ({
    cause: `${what}: ${size(announcedBytes)} were announced, ${size(receivedBytes)} came.`,
    safe: kept,
    next: 'Start again. If it happens again, check the network.',
  }),
  'device-refused': ({ address, request, status, detail, diagnosis }) => ({
    cause: `${address} refused ${request} (status ${String(status)}): ${detail}${diagnosis === '' ? '' : ` [${diagnosis}]`}`,
    safe: '',
    next: 'Look the diagnosis up on the device, mend it and try again.',
  }),
  'device-task-failed': ({ address, task, detail }) => ({
    cause: `${address} could not finish “${task}”: ${detail}`,
    safe: kept,
    next: 'Look at the diagnosis on the device, mend it and try again.',
  }),
  'device-task-stalled': ({ address, task, seconds }) => ({
    cause: `“${task}” on ${address} has made no progress for ${String(seconds)} seconds.`,
    safe: kept,
    next: 'Look at the device. When it is idle again, start again.',
  }),
  'device-no-room': ({ address, neededBytes, freeBytes }) => ({
    cause: `${address} has too little free space: ${size(neededBytes)} needed, ${size(freeBytes)} free.`,
    safe: untouched,
    next: 'Free space on the device and try again.',
  }),
  'upload-damaged': ({ address, expectedSha256, actualSha256 }) => ({
    cause: `The copy that ${address} holds is not the archive. SHA-256 of the archive: ${expectedSha256}, of the copy: ${actualSha256}.`,
    safe: untouched,
    next: 'Start again. If it happens again, check the disk of the device.',
  }),
  'device-full': ({ address, detail }) => ({
    cause: `${address} says that it has no room left: ${detail}`,
    safe: kept,
    next: 'Free space on the device (delete old files and archived configurations), then try again.',
  }),
  'device-tool-missing': ({ address, tool }) => ({
    cause: `${address} has no “${tool}”, which this job needs.`,
    safe: untouched,
    next: `Install “${tool}” on the device.`,
  }),
  'device-command-failed': ({ address, command, exitCode, detail }) => ({
    cause: `“${command}” on ${address} ended with code ${String(exitCode)}: ${detail}`,
    safe: '',
    next: 'Mend what the message says on the device, then try again.',
  }),
  'device-state': ({ address, state, needed }) => ({
    cause: `${address} is in the state ${state}; this needs ${needed}.`,
    safe: untouched,
    next: `Bring the device to ${needed} and try again.`,
  }),
  'disk-full': ({ place, neededBytes, freeBytes }) => ({
    cause: `There is no room left in ${place}: ${size(neededBytes)} needed, ${size(freeBytes)} free.`,
    safe: kept,
    next: 'Free space or choose another place for the vault, then start again.',
  }),
  'storage-unwritable': ({ place, reason }) => ({
    cause: `${place} cannot be written (${reason}).`,
    safe: kept,
    next: 'Check the rights of the folder and that the disk is connected.',
  }),
  'storage-damaged': ({ file, reason }) => ({
    cause: `The file ${file} is damaged (${reason}).`,
    safe: 'It was left exactly as it is.',
    next: 'Put back a good copy, or move the file away to begin with an empty one.',
  }),
  'storage-newer': ({ file, format, known }) => ({
    cause: `The file ${file} was made by a newer Ferrite (format ${String(format)}, this one knows ${String(known)}).`,
    safe: 'It was left exactly as it is.',
    next: 'Use the newer Ferrite.',
  }),
  'vault-gone': ({ place }) => ({
    cause: `The vault ${place} is not there any more.`,
    safe: 'No new vault was made in its place.',
    next: 'Connect the disk or network drive that holds it, then try again.',
  }),
  'file-unreadable': ({ file, reason }) => ({
    cause: `The file ${file} cannot be read (${reason}).`,
    safe: 'Nothing was changed.',
    next: 'Check the path and the rights of the file.',
  }),
  'target-not-empty': ({ folder }) => ({
    cause: `The folder ${folder} is not empty.`,
    safe: 'Nothing was written.',
    next: 'Choose an empty or a new folder, so that nothing is overwritten.',
  }),
  'drag-too-large': ({ limitBytes }) => ({
    cause: `This is more than can be dragged out of the window (${size(limitBytes)}).`,
    safe: 'Nothing was taken out.',
    next: 'Take it out into a folder instead; an archive can be exported.',
  }),
  'target-exists': ({ file }) => ({
    cause: `The file ${file} exists already.`,
    safe: 'It was not overwritten.',
    next: 'Choose another name.',
  }),
  'archive-changed': ({ archive, expectedSha256, actualSha256 }) => ({
    cause: `${archive} is not what was stored. SHA-256 recorded: ${expectedSha256}, now: ${actualSha256}.`,
    safe: 'It was not used and not changed.',
    next: 'Take another copy of this archive, or make a new backup.',
  }),
  'archive-not-recognised': ({ archive, looksLike }) => ({
    cause: `${archive} is not a zip, tar or tar.gz archive and no JSON document; its beginning looks like this: ${looksLike}.`,
    safe: notOpened,
    next: 'Fetch the file again from where it was made.',
  }),
  'archive-opaque': ({ archive }) => ({
    cause: `Ferrite cannot look into ${archive}: only the kind of server that made it reads such a file.`,
    safe: 'The file is kept byte for byte as it was made.',
    next: 'Its hash shows that it is unchanged (verify); a restore on a spare server shows what is inside.',
  }),
  'archive-truncated': ({ archive, detail }) => ({
    cause: `${archive} ends too early (${detail}).`,
    safe: notOpened,
    next: 'Fetch the file again from where it was made.',
  }),
  'archive-structure': ({ archive, detail }) => ({
    cause: `The structure of ${archive} is damaged (${detail}).`,
    safe: notOpened,
    next: 'Fetch the file again from where it was made.',
  }),
  'archive-ambiguous': ({ archive, detail }) => ({
    cause: `${archive} can be read in more than one way (${detail}), so what is shown might not be what a device installs.`,
    safe: notOpened,
    next: 'Make a new backup. Do not trust this file.',
  }),
  'archive-path': ({ archive, entry }) => ({
    cause: `${archive} holds a name that points outside its own folder: ${entry}`,
    safe: notOpened,
    next: 'Do not trust this file. Ask where it came from.',
  }),
  'archive-name': ({ archive, entry }) => ({
    cause: `${archive} holds a name that is not allowed: ${entry}`,
    safe: notOpened,
    next: 'Do not trust this file. Ask where it came from.',
  }),
  'archive-overlap': ({ archive, entry }) => ({
    cause: `Entries of ${archive} lie over one another (${entry}), as in a file made to do harm.`,
    safe: notOpened,
    next: 'Do not trust this file. Ask where it came from.',
  }),
  'archive-bomb': ({ archive, entry, ratio }) => ({
    cause: `${entry} in ${archive} would unpack to ${String(ratio)} times its size, as in a file made to do harm.`,
    safe: notOpened,
    next: 'Do not trust this file. Ask where it came from.',
  }),
  'archive-too-many': ({ archive, entries, limit }) => ({
    cause: `${archive} holds ${String(entries)} entries; Ferrite opens up to ${String(limit)}.`,
    safe: notOpened,
    next: 'Split the backup on the device.',
  }),
  'archive-crc': ({ archive, entry }) => ({
    cause: `${entry} in ${archive} is damaged: its checksum is wrong.`,
    safe: 'The damaged content was not used.',
    next: 'Use another copy of this archive.',
  }),
  'archive-size-lie': ({ archive, entry, declaredBytes }) => ({
    cause: `${entry} in ${archive} is not as long as the archive says (${size(declaredBytes)}).`,
    safe: 'The content was not used.',
    next: 'Do not trust this file. Use another copy.',
  }),
  'archive-method': ({ archive, entry, method }) => ({
    cause: `${entry} in ${archive} is packed with method ${String(method)}, which Ferrite does not read.`,
    safe: 'Nothing was taken out.',
    next: 'Unpack it with the tool that made it.',
  }),
  'archive-password': ({ archive, entry }) => ({
    cause: `${entry} in ${archive} is encrypted and the password is missing or wrong.`,
    safe: 'Nothing was taken out.',
    next: 'Enter the password that was set for this backup.',
  }),
  'not-comparable': ({ what, side }) => ({
    cause:
      side === 'device'
        ? `${what} does not tell its settings, so there is nothing to compare with.`
        : `The archive ${what} holds no settings that could be compared with a device.`,
    safe: 'Only reading was done; nothing was changed.',
    next:
      side === 'device'
        ? 'Make a backup of the device and compare the two archives.'
        : 'Compare this archive with another archive.',
  }),
  'archive-foreign': ({ archive, family, detail }) => ({
    cause: `${archive} is not a backup of the kind ${family} (${detail}).`,
    safe: notOpened,
    next: 'Choose the kind of device that made this file.',
  }),
  'archive-nested-too-deep': ({ archive, entry, limit }) => ({
    cause: `${entry} in ${archive} lies deeper than ${String(limit)} archives in one another.`,
    safe: 'It was not opened.',
    next: 'Take the archive around it out and import that one.',
  }),
  'archive-nested-too-large': ({ archive, entry, limitBytes }) => ({
    cause: `${entry} in ${archive} is too large to be opened where it lies (more than ${size(limitBytes)} unpacked).`,
    safe: 'It was not opened.',
    next: 'Take it out and import it as a file of its own.',
  }),
  'parser-died': ({ archive, reason }) => ({
    cause: `${archive} could not be read: ${endOf(reason)}.`,
    safe: 'The file itself was not touched.',
    next: 'Try again. If it happens again, the file is damaged or was made to do this: do not use it.',
  }),
  'entry-refused': ({ archive, entry, reason }) => ({
    cause: `${entry} in ${archive} is not taken out: ${reason}.`,
    safe: 'Nothing was written for it.',
    next: 'Look at it in Ferrite instead.',
  }),
  'keychain-unavailable': ({ backend }) => ({
    cause: `This computer offers no safe keychain (${backend}), so Ferrite stores no password.`,
    safe: 'Nothing was stored.',
    next: 'Enter the password each time, or start the keychain service (GNOME Keyring, KWallet).',
  }),
  'secret-unreadable': ({ device }) => ({
    cause: `The stored password of ${device} cannot be read with this keychain.`,
    safe: 'It was left as it is.',
    next: 'Enter the password again.',
  }),
  ...restoreFailures,
}
