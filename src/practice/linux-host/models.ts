import { createHash } from 'node:crypto'

/** The hardware and system that can be practised. */
export type HostModelId = 'panel-pc' | 'revpi' | 'edge-box'

/** What sets one kind of Linux host apart from another. */
export interface HostModel {
  readonly id: HostModelId
  /** As `uname -m` spells it. */
  readonly machine: 'x86_64' | 'aarch64' | 'armv7l'
  readonly osRelease: Readonly<Record<string, string>>
  /** The file in which the model's name lies, and the name. */
  readonly nameFile: string
  readonly productName: string
  readonly tar: 'gnu' | 'busybox'
  readonly diskBytes: number
}

const debian = (version: string, codename: string): Readonly<Record<string, string>> => ({
  PRETTY_NAME: `Debian GNU/Linux ${version} (${codename})`,
  NAME: 'Debian GNU/Linux',
  VERSION_ID: version,
  VERSION: `${version} (${codename})`,
  VERSION_CODENAME: codename,
  ID: 'debian',
})

const gibibyte = 1024 ** 3

export const hostModels: Readonly<Record<HostModelId, HostModel>> = {
  'panel-pc': {
    id: 'panel-pc',
    machine: 'x86_64',
    osRelease: debian('12', 'bookworm'),
    nameFile: 'sys/class/dmi/id/product_name',
    productName: 'Practice Panel PC 15',
    tar: 'gnu',
    diskBytes: 32 * gibibyte,
  },
  revpi: {
    id: 'revpi',
    machine: 'aarch64',
    osRelease: debian('11', 'bullseye'),
    nameFile: 'proc/device-tree/model',
    // The kernel ends the names of the device tree with a NUL.
    productName: 'Revolution Pi Connect 4\0',
    tar: 'gnu',
    diskBytes: 8 * gibibyte,
  },
  'edge-box': {
    id: 'edge-box',
    machine: 'armv7l',
    osRelease: {
      PRETTY_NAME: 'Practice Edge Linux 3.4',
      NAME: 'Practice Edge Linux',
      VERSION_ID: '3.4',
      ID: 'practice-edge',
    },
    nameFile: 'proc/device-tree/model',
    productName: 'Practice Edge Box\0',
    tar: 'busybox',
    diskBytes: 2 * gibibyte,
  },
}

/** 32 hex digits that follow from the name, so that a host of the same name is the same host every time. */
export function machineIdFor(model: HostModelId, name: string): string {
  return createHash('sha256').update(`${model}/${name}`).digest('hex').slice(0, 32)
}
