import { keptList } from '../kept-list.ts'
import { choices } from './choices.ts'

type Facts = Readonly<Record<string, string>>
type Sentences = Readonly<Record<string, (facts: Facts) => string>>

const of = (facts: Facts, name: string): string => facts[name] ?? '?'
const keptIn = (facts: Facts): string => keptList(facts['kept'] ?? '', choices)

/** English words for the Linux part of a plan and of its report: plan steps, side effects and remarks, by id. */
export const linuxPlan = {
  step: {
    'leave-out-kept-paths': (facts) => `Leave out on unpacking what stays on the device: ${keptIn(facts)}`,
    upload: (facts) =>
      `Copy ${of(facts, 'file')} to a folder of its own below ${of(facts, 'folder')} on the device`,
    'check-upload': () =>
      'Have the device compute the SHA-256 of the copy and list it, before anything is changed',
    apply: (facts) =>
      facts['parts'] === ''
        ? `Unpack the archive below ${of(facts, 'root')}`
        : `Unpack below ${of(facts, 'root')}: ${of(facts, 'parts')}`,
    'restart-services': (facts) => `Restart the services ${of(facts, 'services')}`,
    'read-back-files': (facts) =>
      `Read everything back from ${of(facts, 'root')} and compare it with the archive, file by file`,
  },
  sideEffect: {
    'overwrites-files': () => 'Files that are in the archive are overwritten with their owners and rights.',
    'keeps-other-files': () => 'Files that are not in the archive stay as they are.',
    'services-restarted': () => 'Services are restarted: what they control stops for a moment.',
    'services-not-restarted': () =>
      'No service is restarted: programs that are running keep what they have loaded until they are started anew.',
    'users-from-archive': () =>
      'Users and passwords come from the archive: your login may be another one afterwards.',
    'host-identity-from-archive': () =>
      'Host name, machine id, network settings and SSH host keys come from the archive: after its next start the device may answer at another address and show another key.',
    'owners-not-restored': () =>
      'The login is not the superuser: the files will belong to the login, and some cannot be written.',
    'attributes-not-compared': () =>
      'Access control lists and extended attributes come back where both hosts keep them, but are not compared.',
  },
  remark: {
    'kept-paths': (facts) =>
      `Kept on the device, read back and compared with the safety backup: ${keptIn(facts)}.`,
    'kept-paths-differ': (facts) =>
      `To be kept were ${keptIn(facts)}, and not all of it is as in the safety backup. Look at the differences and at the device.`,
    'kept-paths-not-compared': (facts) =>
      `To be kept were ${keptIn(facts)}; without a safety backup there was nothing to compare it with. Look at the device.`,
    'service-restarted': (facts) => `The service ${of(facts, 'service')} was restarted and is active.`,
    'service-not-active': (facts) =>
      `The service ${of(facts, 'service')} was restarted and is ${of(facts, 'state')}. Look at the device.`,
    'service-not-restarted': (facts) =>
      `The service ${of(facts, 'service')} could not be restarted: ${of(facts, 'detail')}`,
    'services-changed-files': () =>
      'The services were restarted before the device was read back: files that they write themselves differ.',
    'other-files-kept': (facts) =>
      `${of(facts, 'count')} files or folders that the archive does not hold were kept.`,
    'may-differ': (facts) =>
      `${of(facts, 'count')} files differ where this was expected (${of(facts, 'paths')}).`,
    'apply-still-running': (facts) =>
      `The device is still unpacking after ${of(facts, 'minutes')} minutes. Look at the device.`,
    'staging-left': (facts) =>
      `The copy of the archive could not be removed from the device: delete ${of(facts, 'folder')} there.`,
    'login-refused': (facts) =>
      `The device refuses the login of “${of(facts, 'user')}”. The restore may have brought back other users and passwords: log in with those of the archive’s source and look at the device.`,
    'host-key-changed': (facts) =>
      `The device now shows another host key (${of(facts, 'offered')}). Compare it with the one at the device, accept it and look at the device.`,
    'device-not-back': (facts) =>
      `The device did not answer for ${of(facts, 'minutes')} minutes. Go to the device; it may be restarting, off, or at another address.`,
    'read-back-failed': (facts) => `The device could not be read back: ${of(facts, 'detail')}`,
    'read-back-differs': (facts) =>
      `What was read back is not what the archive holds (${of(facts, 'count')} differences). Look at the device.`,
  },
} satisfies Readonly<Record<'step' | 'sideEffect' | 'remark', Sentences>>
