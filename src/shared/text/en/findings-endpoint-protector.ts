import type { Finding } from '../../model/finding.ts'
import type { FindingTexts } from '../finding-text.ts'
import { forecastIn } from '../../size-forecast.ts'
import { formatBytes } from '../format.ts'
import { sizeForecastText } from './size-forecast.ts'

const source = ({ archiveValue }: Finding): string => archiveValue?.value ?? '?'
const target = ({ deviceValue }: Finding): string => deviceValue?.value ?? '?'
const size = ({ facts }: Finding): string => formatBytes(Number(facts['sizeBytes'] ?? 0), 'en')
const outlook = ({ facts }: Finding): string => {
  const forecast = forecastIn(facts)
  return forecast ? ` ${sizeForecastText(forecast)}` : ''
}

const stateTarget =
  'Look at the lower right corner of the target’s console and state its version for this device.'
const stateSource =
  'State the version that the source had when the backup was made; its console shows it in the lower right corner.'
const inProcedure = { title: 'A step of the guided restore sees to this.', remedy: '' }

/** English titles and remedies of the Endpoint Protector rules, by `rule.reason`. */
export const endpointProtectorFindings = {
  'E1.kept': () => ({ title: 'The System Backup Key of this file is kept.', remedy: '' }),
  'E1.no-key': () => ({ title: 'A backup of the former kind (.eppb) has no key.', remedy: '' }),
  'E1.missing': () => ({
    title: 'The System Backup Key of this file is not here. Without it this backup cannot be used.',
    remedy:
      'Give the key that the console showed when the backup was made. If nobody has it, make a new backup on the source and keep its key: nobody can make the old one again.',
  }),
  'E1.not-asked': () => ({
    title: 'Whether the System Backup Key of this file is kept is not known here.',
    remedy: 'Give the key for this archive.',
  }),
  'E2.below': (finding) => ({
    title: `The file (${size(finding)}) is below the limit of 200 MB.${outlook(finding)}`,
    remedy: '',
  }),
  'E2.near-limit': (finding) => ({
    title: `The file has ${size(finding)}. The server takes 200 MB at most, and it is not known whether the vendor counts 200,000,000 or 209,715,200 bytes.`,
    remedy:
      'Clean up old logs on the source (make an Audit Log Backup first) and make a new backup, or ask Netwrix Support.',
  }),
  'E2.too-large': (finding) => ({
    title: `The file has ${size(finding)}; the server cannot process more than 200 MB.`,
    remedy:
      'Clean up old logs on the source (make an Audit Log Backup first) and make a new backup, or ask Netwrix Support for the export fix for 5.9.4.2.',
  }),
  'E2.near-limit-v1': (finding) => ({
    title: `The .eppb file has ${size(finding)}; from 200 MB on the web console does not take it.`,
    remedy: 'Import it on the console of the machine: menu System Backup, through an FTP server.',
  }),
  'E2.too-large-v1': (finding) => ({
    title: `The .eppb file has ${size(finding)}; the web console takes 200 MB at most.`,
    remedy: 'Import it on the console of the machine: menu System Backup, through an FTP server.',
  }),
  'E3.fits': () => ({ title: 'The vendor’s guides allow this pair of versions.', remedy: '' }),
  'E3.best-tested': () => ({
    title: 'The vendor calls this pair of versions the best tested one.',
    remedy: '',
  }),
  'E3.possible': (finding) => ({
    title: `From ${source(finding)} onto ${target(finding)}: one guide calls it possible, another knows only 5.9.4.2.`,
    remedy: 'Try it on a spare machine first, or bring the source to 2604 before its backup is made.',
  }),
  'E3.upgrade-recommended': (finding) => ({
    title: `From ${source(finding)} onto ${target(finding)} is possible; the vendor recommends an upgrade to 2604 first.`,
    remedy: 'Upgrade the source to 2604, wait 24 hours and make a new backup.',
  }),
  'E3.not-documented': (finding) => ({
    title: `No guide of the vendor names a migration from ${source(finding)} to ${target(finding)}.`,
    remedy: 'Ask Netwrix Support before you go on.',
  }),
  'E3.patch-first': (finding) => ({
    title: `A backup made on ${source(finding)} does not go onto ${target(finding)}; of the 5.x versions only 5.9.4.2 does.`,
    remedy:
      'Bring the source to 5.9.4.2 with the cumulative patch, wait 24 hours and make a new backup with a new key.',
  }),
  'E3.step-by-step': (finding) => ({
    title: `${source(finding)} is older than 5.7.0.0: its backup does not go onto ${target(finding)}.`,
    remedy:
      'Upgrade the source step by step to 5.9.4.2 (Live Update or offline patches), wait 24 hours and make a new backup with a new key.',
  }),
  'E3.archive-unknown': () => ({ title: 'The version of the source is not known.', remedy: stateSource }),
  'E3.device-unknown': () => ({ title: 'The version of the target is not known.', remedy: stateTarget }),
  'E4.young': () => ({ title: 'The target is newer than 5.2.0.6.', remedy: '' }),
  'E4.old': (finding) => ({
    title: `The target has ${target(finding)}; a migration needs a version higher than 5.2.0.6.`,
    remedy: 'Deploy a current appliance image.',
  }),
  'E4.device-unknown': () => ({ title: 'The version of the target is not known.', remedy: stateTarget }),
  'E5.equal': (finding) => ({ title: `Both have version ${source(finding)}.`, remedy: '' }),
  'E5.newer': (finding) => ({
    title: `From ${source(finding)} to ${target(finding)}: one page of the vendor asks for a newer target, another for the same version.`,
    remedy: 'Bring both servers to the same version before the backup is made.',
  }),
  'E6.not-older': () => ({ title: 'The target is not older than the source.', remedy: '' }),
  'E6.older': (finding) => ({
    title: `The target (${target(finding)}) is older than the source (${source(finding)}). There is no way down.`,
    remedy:
      'Choose a target of the same version or a newer one. Only a snapshot of the machine brings an older version back.',
  }),
  'E6.archive-unknown': () => ({ title: 'The version of the source is not known.', remedy: stateSource }),
  'E6.device-unknown': () => ({ title: 'The version of the target is not known.', remedy: stateTarget }),
  'E7.step': () => inProcedure,
  'E8.not-contained': () => ({
    title: 'Audit logs, file shadows and the IP address are not in the backup.',
    remedy: 'Export the audit logs apart from it, and keep the old machine, switched off, as their archive.',
  }),
  'E9.step': (finding) => ({
    title: `The target takes over ${target(finding)} once nobody answers there any more; a step of the guided restore looks.`,
    remedy: '',
  }),
  'E9.not-carried': () => ({ title: 'The address is not carried over.', remedy: '' }),
  'E9.same-server': () => ({
    title: 'The backup goes back to its own server: no address moves.',
    remedy: '',
  }),
  'E9.address-unknown': () => ({
    title: 'It is not known which address the target takes over.',
    remedy: 'State the address of the old appliance, where the endpoint clients look for their server.',
  }),
  'E10.kept': () => ({ title: 'The address is kept, so the clients find their server.', remedy: '' }),
  'E10.address-unknown': () => ({
    title: 'It is not known whether the address is kept.',
    remedy: 'State whether the target takes over the address of the old appliance.',
  }),
  'E10.modules-unknown': () => ({
    title:
      'The address changes, and it is not known whether Enforced Encryption or Deep Packet Inspection is in use.',
    remedy: 'State the modules in use: with one of them a changed address means work at every endpoint.',
  }),
  'E10.other-address': () => ({
    title: 'The address changes: every client has to be pointed to the new one.',
    remedy: 'Keep the address if you can; the vendor discourages a change strongly.',
  }),
  'E10.other-address-modules': () => ({
    title:
      'The address changes while Enforced Encryption or Deep Packet Inspection is in use: protected drives and trust in the certificate break.',
    remedy:
      'Keep the address. Otherwise plan to decrypt and encrypt every protected drive anew, and a new root certificate for every endpoint.',
  }),
  'E11.step': () => inProcedure,
  'E12.step': () => ({
    title: 'The import begins only after a snapshot of the machine was noted: it is the only way back.',
    remedy: '',
  }),
  'E13.source-free-enough': () => ({ title: 'The source has 30 % of its disk free.', remedy: '' }),
  'E13.source-free-little': (finding) => ({
    title: `The source has ${source(finding)} % of its disk free; 30 % are asked for.`,
    remedy: 'Shrink the database of the source (old logs) or enlarge its disk before the backup is made.',
  }),
  'E13.source-free-unknown': () => ({
    title: 'How much of the source’s disk is free is not known.',
    remedy: 'Look at Appliance > Server Information on the source and state it.',
  }),
  'E13.target-free-enough': () => ({ title: 'The target has 2 GB free.', remedy: '' }),
  'E13.target-free-little': (finding) => ({
    title: `The target has ${target(finding)} GB free; at least 2 GB are asked for.`,
    remedy: 'Free space on the target or enlarge its disk.',
  }),
  'E13.target-free-unknown': () => ({
    title: 'How much of the target’s disk is free is not known.',
    remedy: 'Look at Appliance > Server Information on the target and state it.',
  }),
  'E13.target-disk-enough': () => ({
    title: 'The disk of the target has the 320 GB of its image.',
    remedy: '',
  }),
  'E13.target-disk-little': (finding) => ({
    title: `The disk of the target has ${target(finding)} GB; the 2510 image asks for 320 GB.`,
    remedy: 'Enlarge the disk of the target before the import.',
  }),
  'E13.target-disk-unknown': () => ({
    title: 'The size of the target’s disk is not known; the 2510 image asks for 320 GB.',
    remedy: 'Look at the settings of the virtual machine and state it.',
  }),
  'E14.waited': () => ({ title: 'The nightly job ran between the last patch and the backup.', remedy: '' }),
  'E14.too-early': () => ({
    title: 'The backup was made less than 24 hours after the last patch, before the nightly job (21:00).',
    remedy: 'Wait until the nightly job has run and make a new backup.',
  }),
  'E14.patched-after': () => ({
    title: 'The last patch was installed after this backup was made.',
    remedy: 'Make a new backup, not before 24 hours after the patch.',
  }),
  'E14.patch-unknown': () => ({
    title: 'When the last patch was installed on the source is not known.',
    remedy: 'State it; 24 hours have to lie between a patch and the backup.',
  }),
  'E15.step': () => inProcedure,
  'E16.step': () => inProcedure,
  'E17.none': () => ({ title: 'No integration with a password is in use.', remedy: '' }),
  'E17.to-enter': (finding) => ({
    title: `These passwords may not come back: ${source(finding)}.`,
    remedy: 'Have them ready, and test each integration after the restore.',
  }),
  'E17.not-stated': () => ({
    title: 'Which other systems the server has passwords for is not known.',
    remedy: 'State them (SMTP, AD/LDAP, SSO, SCIM, SIEM, S3): their passwords may not come back.',
  }),
  'E18.clients-fit': () => ({ title: 'The oldest client goes with the new server.', remedy: '' }),
  'E18.bridge-client': (finding) => ({
    title: `Clients up to 5.9.4.1 (here ${source(finding)}) do not go to the new server directly.`,
    remedy: 'Bring them to 5.9.4.3 first, then to the version of the server.',
  }),
  'E18.encryption-clients': () => ({
    title: 'Clients with Enforced Encryption have to be updated right after the migration.',
    remedy: 'Have the client packages ready and plan the time for it.',
  }),
  'E18.client-unknown': () => ({
    title: 'The version of the oldest client is not known.',
    remedy: 'Look at the list of computers and state it.',
  }),
  'E19.both-dns': () => ({
    title: 'On this image the network page saves only when both DNS fields are filled in.',
    remedy: 'Fill in both DNS fields, or patch to 2604 first.',
  }),
  'E19.vsphere-65': () => ({
    title: 'The 2510 image does not run on vSphere 6.5.',
    remedy: 'Upgrade the hypervisor before you deploy the image.',
  }),
  'E19.ubuntu-guest': () => ({
    title: 'The 2608 image needs a hypervisor that supports Ubuntu 26.04 as a guest.',
    remedy: 'Look it up in the list of supported guests of your hypervisor.',
  }),
  'E19.hypervisor-fits': () => ({ title: 'Nothing is known against this hypervisor.', remedy: '' }),
  'E19.hypervisor-unknown': () => ({
    title: 'The hypervisor of the target is not known.',
    remedy: 'State it: not every image runs on every hypervisor.',
  }),
  'E20.migration': () => ({ title: 'The file is a System Backup v2 (Migration).', remedy: '' }),
  'E20.kind-not-stated': () => ({
    title: 'Nobody has said yet that this is a System Backup v2; the file itself does not tell.',
    remedy: 'State the kind of backup.',
  }),
  'E20.former-kind': () => ({
    title:
      'This is a System Backup of the former kind (.eppb). Import and Restore (Migrate) does not take it.',
    remedy:
      'Make a System Backup v2 on the source, or restore this one with System Backup > Upload and Restore.',
  }),
  'E21.partitions': () => ({
    title: 'From before 5.2.0.6 to 5.7.0.0 or later, database partitions have to be enabled first.',
    remedy: 'Ask Netwrix Support to enable them on the source.',
  }),
  'E22.step': () => inProcedure,
} satisfies FindingTexts
