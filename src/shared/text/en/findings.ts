import type { FindingValue } from '../../model/finding.ts'
import type { FindingTexts } from '../finding-text.ts'
import { formatSize } from '../format.ts'

/** The day of a moment that a device or its certificate tells. */
const day = (moment: FindingValue | undefined): string => moment?.value.slice(0, 10) ?? '?'

/** English titles and remedies of the generic rules, by `rule.reason`. */
export const genericFindings = {
  'F1.equal': () => ({ title: 'Archive and device are of the same kind.', remedy: '' }),
  'F1.differs': ({ archiveValue, deviceValue }) => ({
    title: `The archive is of the kind ${archiveValue?.value ?? '?'}, the device of the kind ${deviceValue?.value ?? '?'}.`,
    remedy: 'Choose a device of the kind that made this archive.',
  }),
  'G1.equal': () => ({ title: 'The archive is byte for byte what was stored.', remedy: '' }),
  'G1.differs': () => ({
    title: 'The archive has changed since it was stored.',
    remedy: 'Do not restore it. Take another copy of this archive, or make a new backup.',
  }),
  'G1.not-hashed': () => ({
    title: 'The archive has not been hashed again yet.',
    remedy: 'Verify the archive; a restore does this by itself first.',
  }),
  'G2.safe': () => ({ title: 'Every name inside the archive is safe.', remedy: '' }),
  'G2.unsafe': ({ facts }) => ({
    title: `The archive holds unsafe entries (${facts['count'] ?? '?'}).`,
    remedy: 'Do not restore it. Ask where this archive came from and make a new backup.',
  }),
  'G2.not-opened': () => ({
    title: 'The archive has not been opened, so its names are not checked.',
    remedy: 'Open the archive once; a restore does this by itself first.',
  }),
  'G3.pinned': () => ({ title: 'The key of the device is the one you accepted.', remedy: '' }),
  'G3.expired': ({ deviceValue }) => ({
    title: `The certificate of the device is the one you accepted, but its time ended on ${day(deviceValue)}.`,
    remedy: 'Ferrite goes on. Have the device make a new certificate, and compare and accept that one.',
  }),
  'G3.not-yet-valid': ({ deviceValue }) => ({
    title: `The certificate of the device is the one you accepted, but its time begins only on ${day(deviceValue)}.`,
    remedy: 'Ferrite goes on. Check the clocks of the device and of this computer.',
  }),
  'G3.not-pinned': ({ facts }) => ({
    title: `Nobody has accepted the key of ${facts['device'] ?? 'the device'} yet.`,
    remedy: 'Compare the fingerprint with the one the device shows and accept it.',
  }),
  'G4.enough': ({ facts }) => ({
    title: `The device has room enough: ${size(facts, 'freeBytes')} free, ${size(facts, 'neededBytes')} in the archive.`,
    remedy: '',
  }),
  'G4.tight': ({ facts }) => ({
    title: `Room on the device is tight: ${size(facts, 'freeBytes')} free, ${size(facts, 'neededBytes')} in the archive.`,
    remedy: 'Free space on the device: twice the size of the archive is safe.',
  }),
  'G4.replaces': ({ facts }) => ({
    title: `The device has ${size(facts, 'freeBytes')} free and the archive holds ${size(facts, 'neededBytes')}, but most of it replaces what is there.`,
    remedy: 'If the restore says that there is too little room, free space on the device.',
  }),
  'G4.too-little': ({ facts }) => ({
    title: `The device has too little room: ${size(facts, 'freeBytes')} free, ${size(facts, 'neededBytes')} in the archive.`,
    remedy: 'Free space on the device, or restore fewer parts.',
  }),
  'G4.archive-unknown': () => ({
    title: 'How much room the archive needs is not known.',
    remedy: 'Open the archive once; a restore does this by itself first.',
  }),
  'G4.archive-opaque': () => ({
    title:
      'How much room the archive needs is not known: only the device’s own maker can look into the file.',
    remedy: 'Compare the size of the file with the free room of the device yourself.',
  }),
  'G4.device-unknown': () => ({
    title: 'How much room the device has is not known.',
    remedy: 'Look at the device before you restore a large archive.',
  }),
  'G5.same-device': ({ facts }) => ({
    title: `${facts['device'] ?? 'The device'} is the device this archive came from. Its present state will be overwritten.`,
    remedy: 'Let Ferrite make a safety backup first (this is preset).',
  }),
  'G5.other-device': ({ facts }) => ({
    title: `The archive came from another device. The present state of ${facts['device'] ?? 'the target'} will be overwritten.`,
    remedy:
      'Check that this is the device you mean, and let Ferrite make a safety backup first (this is preset).',
  }),
  'G5.not-compared': ({ facts }) => ({
    title: `It is not known whether the archive came from ${facts['device'] ?? 'this device'}: a serial number is missing.`,
    remedy: 'Compare the serial numbers yourself before you go on.',
  }),
} satisfies FindingTexts

function size(facts: Readonly<Record<string, string>>, name: string): string {
  return formatSize(Number(facts[name] ?? 0), 'en')
}
