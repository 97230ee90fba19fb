import { keptList } from '../kept-list.ts'
import { choices } from './choices.ts'

type Facts = Readonly<Record<string, string>>
type Sentences = Readonly<Record<string, (facts: Facts) => string>>

const of = (facts: Facts, name: string): string => facts[name] ?? '?'
const keptIn = (facts: Facts): string => keptList(facts['kept'] ?? '', choices)

/** English words for the ctrlX part of a plan and of its report: plan steps, side effects and remarks, by id. */
export const ctrlxPlan = {
  step: {
    'leave-out-kept': (facts) =>
      `Make a copy of the archive without what stays on the device: ${keptIn(facts)}`,
    'upload-and-apply': (facts) =>
      facts['mode'] === 'replace'
        ? `Send ${of(facts, 'file')} to the device, which applies it at once and resets what it does not hold`
        : facts['mode'] === 'whole'
          ? `Send ${of(facts, 'file')} to the device, which applies it at once and as a whole`
          : `Send ${of(facts, 'file')} to the device, which applies it at once and keeps what it does not hold`,
    'uninstall-missing-apps': (facts) =>
      `The device uninstalls the apps that the archive does not list: ${of(facts, 'apps')}`,
    'follow-task': () => 'Follow the device’s task to its end',
    'wait-reboot': () => 'Wait while the device restarts, possibly several times',
    'read-protocol': () => 'Read the device’s own protocol: done does not mean without errors',
    'read-back': () => 'Read identity, apps and settings back and compare them with the archive',
    'restore-state': (facts) =>
      facts['state'] === undefined
        ? 'Bring the device back to its former operating state'
        : `Bring the device back to its former operating state, ${facts['state']}`,
  },
  sideEffect: {
    'goes-to-service': () =>
      'The device goes to SERVICE: its control tasks stop. The machine must be in a safe state.',
    'may-reboot': () => 'The device may restart, possibly several times.',
    'address-may-change': () =>
      'Network settings and host name come from the archive: the device may answer at another address afterwards.',
    'users-may-change': () =>
      'Users, passwords and rights come from the archive: your login may be another one afterwards.',
    'uninstalls-missing-apps': () =>
      'Apps that the archive does not list are uninstalled together with their data.',
    'licences-stay': () => 'Licences are not in the archive; those of the target stay as they are.',
    'own-certificates-only-same-device': () =>
      'The device’s own certificates and keys come back only on the device they were made on.',
  },
  remark: {
    'state-brought-back': (facts) =>
      `The device was in ${of(facts, 'from')} after the restore and was brought back to ${of(facts, 'to')}.`,
    'stays-in-service': (facts) =>
      `The device stays in ${of(facts, 'state')}; before the restore it was in ${of(facts, 'former')}. Look at the machine, then switch it yourself.`,
    'state-not-read': (facts) =>
      `The operating state of the device could not be read after the restore; before it was ${of(facts, 'former')}. Look at the device.`,
    'login-refused': (facts) =>
      `The device refuses the login of “${of(facts, 'user')}”. The restore may have brought back other users and passwords: log in with those of the archive’s source and look at the device.`,
    'certificate-changed': (facts) =>
      `The device now shows another certificate (${of(facts, 'offered')}). Compare it with the one at the device, accept it and look at the device.`,
    'device-not-back': (facts) =>
      `The device did not answer for ${of(facts, 'minutes')} minutes. Go to the device; it may be restarting, off, or at another address.`,
    'address-may-have-changed': () =>
      'The archive holds network settings: look for the device at the address of the archive’s source.',
    'task-lost': () =>
      'The device no longer knows its own restore task and its history names no end of it. Look at the device.',
    'task-stalled': (facts) =>
      `The device’s restore task made no progress for ${of(facts, 'minutes')} minutes. Look at the device.`,
    'task-failed': (facts) => `The device ended the restore with an error: ${of(facts, 'detail')}`,
    'never-begun': () => 'The device never began the restore.',
    'rights-changed': (facts) =>
      `The login may no longer read what became of the restore (${of(facts, 'right')}). Log in with full access and look at the device.`,
    'read-back-failed': (facts) => `The device could not be read back: ${of(facts, 'detail')}`,
    'read-back-differs': (facts) =>
      `What was read back is not what the archive holds (${of(facts, 'count')} differences). Look at the device.`,
    'nothing-to-compare': () =>
      'The device calls the restore done, but the archive does not say what it holds, so nothing could be compared. Look at the device.',
    'app-data-not-compared': () =>
      'The data of the apps (programs, configurations) cannot be compared from outside: check that the machine does what it should.',
    'kept-elements': (facts) =>
      `Kept on the device, read back and compared: ${keptIn(facts)}. The file that was sent lacks it; its SHA-256 is ${of(facts, 'sha256')}.`,
    'kept-differs': (facts) =>
      `To be kept were ${keptIn(facts)}, and not all of it is as it was before. Look at the differences and at the device.`,
    'kept-not-compared': (facts) =>
      `To be kept were ${keptIn(facts)}; this device does not tell its settings, so look at it yourself. The SHA-256 of the file that was sent is ${of(facts, 'sha256')}.`,
    'settings-not-compared': () =>
      'This device does not tell its settings, so only identity and apps were compared.',
  },
} satisfies Readonly<Record<'step' | 'sideEffect' | 'remark', Sentences>>
