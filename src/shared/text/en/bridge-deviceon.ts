import type { Sentences } from '../plan-text.ts'

type Facts = Readonly<Record<string, string>>

const of = (facts: Facts, name: string): string => facts[name] ?? '?'

/** English words for the way to a DeviceOn server that fits an archive, by id. */
export const deviceOnBridge = {
  step: {
    'save-server': (facts) =>
      `Fetch the newest backup of ${of(facts, 'device')} and make an image of the machine: its present version ${of(facts, 'version')} cannot be brought back otherwise.`,
    'upgrade-agents': (facts) =>
      `Bring agents to ${of(facts, 'version')} or newer first: older ones cannot connect to DeviceOn 5.3.12.`,
    upgrade: (facts) =>
      `Upgrade ${of(facts, 'device')} from ${of(facts, 'from')} to DeviceOn ${of(facts, 'version')}.`,
    reinstall: (facts) =>
      `Uninstall DeviceOn ${of(facts, 'from')} on ${of(facts, 'device')} and install ${of(facts, 'version')}, with the same choices for TPM and licence.`,
    'state-version': (facts) =>
      `Let Ferrite read ${of(facts, 'device')} again, or state its version: ${of(facts, 'version')}.`,
    'check-again': () => 'Check the archive against the server again; then restore.',
    'or-migrate': (facts) =>
      `Or leave this archive aside: Server Migration moves a server that still runs (${of(facts, 'source')}) to another version.`,
  },
  bring: {
    installer: (facts) => `Installer of DeviceOn Server ${of(facts, 'version')}`,
    licence: () => 'Licence, or the way to have one issued for a request code',
    accounts: () => 'Name and password of the root account of the portal',
  },
  wayBack: {
    'restore-image': (facts) =>
      `Bring back the image of ${of(facts, 'device')} with DeviceOn ${of(facts, 'version')}.`,
  },
} satisfies Readonly<Record<'step' | 'bring' | 'wayBack', Sentences>>
