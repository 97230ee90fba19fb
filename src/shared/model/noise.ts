/**
 * What a difference can be where it says nothing of the device: the codes of the families' noise filters, and of what
 * holds for every family. Their words are in `shared/text`; a difference with such a code is counted, never dropped.
 */
export const noiseCodes = [
  /** Two JSON documents that mean the same, written with other blanks or in another order of their keys. */
  'json-layout',
  'generated-at',
  'runtime-state',
  'logs',
  'encrypted-anew',
  'backup-password',
  'backup-name',
  'written-by-device',
  'file-references',
  'secrets-not-told',
  'canvas-position',
  'node-order',
  'flow-revision',
] as const
export type NoiseCode = (typeof noiseCodes)[number]
