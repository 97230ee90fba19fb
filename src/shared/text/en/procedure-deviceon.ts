import { formatSize } from '../format.ts'
import type { ProcedureTexts } from '../plan-text.ts'

type Facts = Readonly<Record<string, string>>

const of = (facts: Facts, name: string): string =>
  facts[name] === undefined || facts[name] === '' ? 'not known' : facts[name]

const size = (facts: Facts, name: string): string => formatSize(Number(of(facts, name)), 'en')

/** English words for the steps of a restore of a DeviceOn server. */
export const deviceOnProcedure = {
  step: {
    baseline: (facts) => ({
      title: `Bring ${of(facts, 'device')} to a clean state`,
      detail: `Run “Reset to Default” from the tools of DeviceOn on the server, or uninstall DeviceOn and install version ${of(facts, 'version')} again with the same choices (TPM, adapter of the licence, account). This erases what the server holds now: look into its safety backup first. Write down which of the two you did.`,
      done: 'The server is in a clean state',
    }),
    'check-room': (facts) => ({
      title: 'Check the room on the server',
      detail: `Ferrite asks the server how much is free where ${of(facts, 'folder')} will lie.`,
    }),
    upload: (facts) => ({
      title: 'Copy the archive to the server',
      detail: `Ferrite copies ${of(facts, 'file')} to ${of(facts, 'path')}. Nothing of DeviceOn is touched.`,
    }),
    'compare-hash': (facts) => ({
      title: 'Compare the copy with the archive',
      detail: `The server itself computes the SHA-256 of ${of(facts, 'path')}; it has to be ${of(facts, 'sha256')}.`,
    }),
    'run-tool': (facts) => ({
      title: 'Run the recovery tool',
      detail: `Ferrite reads the identity again, starts ${of(facts, 'tool')}, gives it the path when it asks, and waits for “Restore successfully”. It is started once; without that text nobody counts it as done.`,
    }),
    'run-tool-by-hand': (facts) => ({
      title: `Run the recovery tool on ${of(facts, 'device')}`,
      detail: `On the server double-click ${facts['tool'] === '' ? 'the recovery tool that Advantech names for Linux' : of(facts, 'tool')}, type ${of(facts, 'path')} when it asks for the path, and press Enter. Only “Restore successfully” counts. Without it do not put the server into service: run Server Diagnostic and keep its log.zip. Write down the last line that you saw.`,
      done: 'It said “Restore successfully”',
    }),
    'read-version': (facts) => ({
      title: 'Read the version again',
      detail: `Ferrite waits for the portal and asks for its version, which has to be ${of(facts, 'version')}. Accounts came from the archive, so the portal may not let Ferrite in: then you look yourself at the next steps.`,
    }),
    address: (facts) => ({
      title: 'Set the address of the server',
      detail: `The archive is of a server at ${of(facts, 'source')}; this one is at ${of(facts, 'target')}. Set the address in Server Configuration (on Linux in Server_Config.xml, then restart deviceon-portal), or agents will stay away. Write down which address is set now.`,
    }),
    licence: (facts) => ({
      title: 'Have the licence re-issued',
      detail: `The licence belongs to the network adapter ${of(facts, 'source')}; this server has ${of(facts, 'target')}. Send the request code that the server shows and enter the new licence. Write down what the licence page shows.`,
    }),
    'look-at-portal': (facts) => ({
      title: 'Look at the restored portal',
      detail: `Log in to the portal of ${of(facts, 'device')} with an account of the archive. Compare devices, groups and settings with what the source had, and the version with ${of(facts, 'version')}. Write down what you compared. If it is not the archive’s state, do not confirm: end the procedure with the reason.`,
      done: 'It is the state of the archive',
    }),
    agents: () => ({
      title: 'Wait until the agents are online',
      detail:
        'Look at the device list: agents come back by themselves within minutes. One that stays away needs the new address or an update (1.4.50 or newer for DeviceOn 5.3.12).',
    }),
    'remove-upload': (facts) => ({
      title: 'Remove the copy from the server',
      detail: `Ferrite removes ${of(facts, 'folder')}. The archive stays in the vault.`,
    }),
  },
  evidence: {
    'room-enough': (facts) =>
      `The server has ${size(facts, 'freeBytes')} free; ${size(facts, 'neededBytes')} are needed.`,
    'room-unknown': () => 'The server did not say how much room it has.',
    uploaded: (facts) => `The copy (${size(facts, 'bytes')}) lies at ${of(facts, 'path')} on the server.`,
    'hash-equal': (facts) => `The server computed ${of(facts, 'sha256')}, the SHA-256 of the archive.`,
    'tool-succeeded': (facts) =>
      `The recovery tool said “${of(facts, 'text')}” and ended with ${facts['exitCode'] === '' ? 'no exit code that was seen' : `exit code ${of(facts, 'exitCode')}`}.`,
    'version-read': (facts) => `The portal answers and says version ${of(facts, 'version')}.`,
    'version-not-read': (facts) => `The version could not be read again: ${reason(facts)}.`,
    'upload-removed': (facts) => `${of(facts, 'folder')} is gone from the server.`,
    'upload-gone': (facts) => `${of(facts, 'folder')} was not on the server any more.`,
  },
} satisfies ProcedureTexts

function reason(facts: Facts): string {
  switch (facts['reason']) {
    case 'not-asked':
      return 'no account of the portal is set'
    case 'silent':
      return 'the portal did not answer'
    case 'refused':
      return 'the portal does not let this account in by name and password'
    default:
      return 'the answer of the portal was not understood'
  }
}
