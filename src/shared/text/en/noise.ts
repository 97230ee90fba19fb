import type { NoiseCode } from '../../model/noise.ts'

/** What is different where nothing of the device is, in a few words and in a sentence that says why it is noise. */
export type NoiseText = Readonly<Record<NoiseCode, { readonly name: string; readonly why: string }>>

export const noise: NoiseText = {
  'json-layout': {
    name: 'written differently',
    why: 'The same values, with other blanks or their keys in another order.',
  },
  'generated-at': {
    name: 'time in a comment',
    why: 'Only a moment in a comment differs, as generators of files write it.',
  },
  'runtime-state': {
    name: 'state of the running system',
    why: 'Files that a running system writes for itself: process numbers, seeds, leases, the drift of its clock.',
  },
  logs: { name: 'logs', why: 'Log files grow by themselves.' },
  'encrypted-anew': {
    name: 'encrypted anew',
    why: 'Encrypted again with each backup. Whether what is inside has changed cannot be told.',
  },
  'backup-password': {
    name: 'password of the backup',
    why: 'The hash of the password that protects the backup. It is made anew each time.',
  },
  'backup-name': {
    name: 'name of the backup',
    why: 'Name, version, description and format of the backup itself.',
  },
  'written-by-device': {
    name: 'written by the device',
    why: 'A file that the device writes anew by itself.',
  },
  'file-references': {
    name: 'places of files',
    why: 'Where a file lies in the archive. The device itself tells no such place.',
  },
  'secrets-not-told': {
    name: 'secrets',
    why: 'In a backup with a password. The device does not tell its secrets, so they cannot be compared.',
  },
  'canvas-position': {
    name: 'place on the canvas',
    why: 'Where the editor draws a node. The flows run the same.',
  },
  'node-order': {
    name: 'order of the nodes',
    why: 'The same nodes, listed in another order. The flows run the same.',
  },
  'flow-revision': {
    name: 'revision of the flows',
    why: 'Node-RED gives its flows another revision with every deployment.',
  },
}
