import type { FamilyId } from '../../model/family-id.ts'
import type { FieldText } from '../field-text.ts'
import { deviceOnFacts } from './facts-deviceon.ts'
import { endpointProtectorFacts } from './facts-endpoint-protector.ts'

/** What the forms say of a family. */
export interface FamilyFormText {
  readonly description: string
  readonly addressExample: string
  readonly userExample: string
  /** How a person finds the fingerprint on the device itself. */
  readonly whereToCompare: string
  /** By the family's own name of the fact. */
  readonly facts: Readonly<Record<string, FieldText>>
}

const families: Readonly<Record<FamilyId, FamilyFormText>> = {
  'ctrlx-core': {
    description: 'X3, X5, X7 and virtual, over HTTPS',
    addressExample: '192.168.1.1',
    userExample: 'boschrexroth',
    whereToCompare:
      'Open the web page of the device over a cable of which you know where it ends, have the browser show the certificate, and compare its SHA-256 fingerprint.',
    facts: {},
  },
  'deviceon-server': {
    description: 'Advantech DeviceOn server, over SSH',
    addressExample: '192.168.1.40',
    userExample: 'Administrator',
    whereToCompare:
      'At the server itself, not over the network, enter: ssh-keygen -lf C:\\ProgramData\\ssh\\ssh_host_ed25519_key.pub (on Linux /etc/ssh/ssh_host_ed25519_key.pub).',
    facts: deviceOnFacts,
  },
  'endpoint-protector': {
    description: 'Netwrix Endpoint Protector appliance, looked at over HTTPS',
    addressExample: '192.168.1.60',
    userExample: 'root',
    whereToCompare:
      'Open the web console over a cable of which you know where it ends, have the browser show the certificate, and compare its SHA-256 fingerprint.',
    facts: endpointProtectorFacts,
  },
  'linux-host': {
    description: 'Controllers, gateways and servers, over SSH',
    addressExample: '192.168.1.20 or gateway.plant.local:22',
    userExample: 'root',
    whereToCompare:
      'At the console of the device itself, not over the network, enter: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub (or _ecdsa_key, _rsa_key).',
    facts: {
      paths: {
        label: 'Folders to back up',
        description:
          'One a line, relative to the root folder. Left empty: etc, home, opt, root, srv, usr/local, var/lib.',
      },
      services: {
        label: 'Services to restart after a restore',
        description: 'Names of systemd units, one a line.',
      },
      root: {
        label: 'Root folder',
        description: 'The folder to which the others are relative.',
        placeholder: '/',
      },
      stagingFolder: {
        label: 'Folder for uploads',
        description: 'Where a restore keeps its upload on the device until it is unpacked.',
        placeholder: '/var/tmp',
      },
      mayDiffer: {
        label: 'Folders that change by themselves',
        description: 'Differences there raise no doubt about a restore. One a line.',
      },
    },
  },
  'node-red': {
    description: 'Node-RED on edge devices, over HTTPS',
    addressExample: '192.168.1.70:1880',
    userExample: 'admin',
    whereToCompare:
      'At the device itself, enter: openssl x509 -noout -fingerprint -sha256 -in <the certificate named under “https” in settings.js>.',
    facts: {
      adminRoot: {
        label: 'Path of the editor',
        description:
          'Where it is not at the root: httpAdminRoot of settings.js, or the path that a proxy adds.',
        placeholder: '/red',
      },
    },
  },
}

/** English words of the dialogs about devices: adding, fingerprints, editing, removing, backing up. */
export const windowDeviceDialogs = {
  families,
  adding: {
    title: 'Add a device',
    titleOf: (device: string) => `Add ${device}`,
    steps: {
      describe: 'Device',
      compare: 'Fingerprint',
      password: 'Password',
      identity: 'Identity',
    },
    kind: 'Kind of device',
    name: 'Name',
    nameDescription: 'You type this name to confirm a restore. As it stands on the machine is best.',
    address: 'Address',
    addressDescription: 'A name or an IP address, with a port where it is not the usual one.',
    user: 'User',
    optional: 'optional',
    more: 'More settings',
    errors: {
      nameEmpty: 'Enter a name.',
      nameTaken: 'Another device has this name.',
      nameOdd: 'A name is one line without control characters.',
      addressEmpty: 'Enter the address.',
      addressOdd: 'This is no address: a name or an IP address, perhaps with “:” and a port.',
      userEmpty: 'Enter the user to log in with.',
    },
    connect: 'Connect',
    connectNote:
      'Ferrite connects without user name and password, and shows you the fingerprint of the device.',
    compareTitle: 'Compare with what the device shows',
    compareWhy:
      'Compare it once, and from now on Ferrite notices if another device answers at this address. Until you accept it, no user name and no password are sent.',
    offered: { ssh: 'Host key of the device', tls: 'Certificate of the device' },
    detailsTitle: { ssh: 'What the key says of itself', tls: 'What the certificate says of itself' },
    details: {
      keyType: 'Kind of key',
      subject: 'Issued to',
      issuer: 'Issued by',
      notBefore: 'Valid from',
      notAfter: 'Valid to',
    },
    paste: 'Fingerprint that the device shows',
    pasteDescription: 'Type or paste it here, and Ferrite compares it for you.',
    equal: 'They are equal.',
    differ:
      'They differ. Do not accept it: check the address and the cable, and ask who looks after this device.',
    acceptCompared: 'I compared it: equal',
    acceptBlind: 'Accept without comparing',
    blindNote:
      'Without comparing, you trust whatever answers at this address now. The device is marked so, and you can compare later.',
    goBack: 'Back',
    passwordTitle: 'Log in',
    passwordWhy: (device: string) =>
      `${device} is in your list. With its password Ferrite can read what it is, and back it up.`,
    logIn: 'Log in and read the identity',
    later: 'Later',
    reading: 'Reading what the device says it is',
    readingNote: 'You may close this: the reading goes on, and the list shows what came of it.',
    tryAgain: 'Try again',
    otherPassword: 'Another password',
    doneTitle: (device: string) => `${device} is ready`,
    doneNext: 'Take its first backup now: only then is there something to restore.',
    doneNextImport:
      'Its backups are made in its own console. Import one, or name the folder it writes them to under “More actions”.',
    backUpNow: 'Back up now',
    close: 'Close',
  },
  pin: {
    title: (device: string) => `Fingerprint of ${device}`,
    asking: 'Asking the device for its fingerprint',
    stop: (device: string) => `Stop: ${device} does not show the fingerprint that was accepted for it.`,
    stopWhy:
      'Either the device was replaced, reset or given a new key, or another device answers at its address. Find out which before you go on: the next login hands the password to whatever answers.',
    safe: 'No user name and no password were sent.',
    same: 'The device shows the accepted fingerprint. There is nothing to do.',
    first: 'No fingerprint is accepted for this device yet. Compare it before you accept it.',
    accepted: (local: string) => `Accepted ${local}`,
    shown: 'Shown now',
    how: 'How do you know that this is the right device?',
    compared: 'I compared the new fingerprint with what the device itself shows',
    blind: 'I have not compared it, and trust what answers at this address now',
    typeEnd: 'Type the last eight characters of the fingerprint shown now',
    typeEndDescription: 'They are marked above.',
    endWrong: 'These are not the last eight characters.',
    accept: 'Accept the new fingerprint',
    keep: 'Keep the accepted one',
    acceptedNow: (device: string) => `The new fingerprint of ${device} is accepted.`,
  },
  moving: {
    title: (device: string) => `Move ${device} to another address`,
    address: 'New address',
    look: 'Look at this address',
    lookNote: 'Ferrite connects without user name and password, and changes nothing yet.',
    fromTo: (former: string, address: string) => `${former} → ${address}`,
    same: 'The new address shows the fingerprint that was accepted for this device.',
    differs: (device: string) =>
      `The new address shows another fingerprint than the one accepted for ${device}. That is right where the device was set up anew, and wrong where another device answers there.`,
    move: 'Move it there',
    stay: 'Keep the former address',
    moved: (device: string, address: string) => `${device} is at ${address} from now on.`,
  },
  editing: {
    title: (device: string) => `Edit ${device}`,
    addressNote:
      'The address belongs to the fingerprint and has its own dialog: “Move to another address…” in the menu of the device.',
    tags: 'Tags',
    tagsDescription: 'Separated by commas. The search finds them.',
    save: 'Save',
  },
  removing: {
    title: (device: string) => `Remove ${device} from the list?`,
    titleMany: (devices: string) => `Remove ${devices} devices from the list?`,
    stays: (archives: string) =>
      archives === '0'
        ? 'The vault holds no archive of it. Its password and its fingerprint are forgotten; nothing is changed on the device.'
        : `Its archives (${archives}) stay in the vault. Its password and its fingerprint are forgotten; nothing is changed on the device.`,
    staysMany:
      'Their archives stay in the vault. Their passwords and fingerprints are forgotten; nothing is changed on the devices.',
    busy: (devices: string) => `A job is running on ${devices}. Wait for its end or cancel it first.`,
    remove: 'Remove',
  },
  backup: {
    title: (device: string) => `Back up ${device}`,
    titleMany: (devices: string) => `Back up ${devices} devices`,
    asking: (device: string) => `Asking ${device} what can be backed up`,
    parts: 'What goes in',
    all: 'All parts',
    partsChosen: (chosen: string, all: string) => `${chosen} of ${all}`,
    noParts: 'The device offers nothing that could be backed up with this login.',
    leftOut: 'What is left out, and why',
    nothingLeftOut: 'Nothing of these parts is left out. What is not among them does not go in.',
    password: 'Password for the archive',
    passwordDescription:
      'With it, passwords and private keys of the device go in, too. Ferrite does not keep it: without it they cannot be restored.',
    passwordAgain: 'The same password again',
    passwordsDiffer: 'The two are not the same.',
    note: 'Note',
    notePlaceholder: 'Why this backup is made',
    start: 'Start the backup',
    startMany: (devices: string) => `Start ${devices} backups`,
    whole: 'All parts of each device go in. Several run at the same time, one a device.',
    willAsk: (devices: string) => `Ferrite asks for the password of ${devices}.`,
    willSkipBusy: (devices: string) => `Left out, because a job is running: ${devices}.`,
    oneDevice: '1 device',
    someDevices: (devices: string) => `${devices} devices`,
    atLeastOne: 'Choose at least one part.',
    footNote: 'A backup only reads: the settings of the device stay as they are.',
  },
}
export type WindowDeviceDialogsText = typeof windowDeviceDialogs
