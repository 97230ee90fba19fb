import type { Finding } from '../../model/finding.ts'
import type { FindingTexts } from '../finding-text.ts'

const archive = ({ archiveValue }: Finding): string => archiveValue?.value ?? 'not known'
const device = ({ deviceValue }: Finding): string => deviceValue?.value ?? 'not known'
const of = ({ facts }: Finding, name: string): string => facts[name] ?? '?'
const short = (hash: string): string => (/^[0-9a-f]{64}$/.test(hash) ? `${hash.slice(0, 12)}…` : hash)

/** English titles and remedies of the DeviceOn rules, by `rule.reason`. */
export const deviceOnFindings = {
  'D1.equal': (finding) => ({ title: `Both are DeviceOn ${device(finding)}.`, remedy: '' }),
  'D1.differs': (finding) => ({
    title: `The archive is of DeviceOn ${archive(finding)}, the server runs ${device(finding)}: DeviceOn restores only onto the same version.`,
    remedy: `Install DeviceOn ${archive(finding)} on the server, restore, and upgrade afterwards. To move to another version use Server Migration (from 4.4.2 on) instead.`,
  }),
  'D1.archive-unknown': (finding) => ({
    title: `Which DeviceOn version made the archive is not known; the server runs ${device(finding)}.`,
    remedy: 'State the version of the source: whoever ran it knows, or its portal shows it.',
  }),
  'D1.device-unknown': (finding) => ({
    title: `The archive is of DeviceOn ${archive(finding)}; the version of the server is not known.`,
    remedy: 'Give the account of the portal so that Ferrite can read it, or state the version of the server.',
  }),
  'D2.not-used': () => ({ title: 'The archive is not bound to a TPM.', remedy: '' }),
  'D2.same': (finding) => ({
    title: `The archive is bound to a TPM, and the server has that very TPM (${short(device(finding))}).`,
    remedy: '',
  }),
  'D2.other': (finding) => ({
    title: `The archive is bound to the TPM of ${of(finding, 'machine')} (${short(archive(finding))}); this server has another one (${short(device(finding))}).`,
    remedy: `Restore on ${of(finding, 'machine')} itself. On other hardware only a new installation, or an archive made without TPM encryption, helps.`,
  }),
  'D2.use-unknown': () => ({
    title: 'Whether the source was installed with TPM encryption is not known.',
    remedy:
      'State it: it was chosen once, in the installer. With TPM encryption the archive fits only the machine that made it.',
  }),
  'D2.archive-unknown': (finding) => ({
    title: `The archive is bound to a TPM, but it is not known to which; the server has ${short(device(finding))}.`,
    remedy: 'State the TPM identity of the source, or make a new backup over this program, which records it.',
  }),
  'D2.device-unknown': (finding) => ({
    title: `The archive is bound to the TPM ${short(archive(finding))}; that of the server is not known.`,
    remedy:
      'Read the server with a login that has administrator rights, or state its TPM identity (SHA-256 of the endorsement key).',
  }),
  'D4.not-contained': () => ({
    title: 'Sensor data (MongoDB) is never in this kind of archive: its history will be missing.',
    remedy: 'Export it separately with Data Export in the portal, before the server is reset.',
  }),
  'D7.as-made': (finding) => ({
    title: `The file has the name that DeviceOn gave it: ${archive(finding)}.`,
    remedy: '',
  }),
  'D7.renamed': (finding) => ({
    title: `The file is called ${archive(finding)}, not as DeviceOn names its backups.`,
    remedy: 'Check where it came from. On the server it gets the name of the pattern again.',
  }),
  'D8.windows': () => ({ title: 'Both servers run Windows.', remedy: '' }),
  'D8.linux': () => ({
    title: 'Both servers run Linux; Advantech describes the recovery tool for Windows only.',
    remedy: 'Ask Advantech for the Linux procedure before you go on; the tool is run by hand.',
  }),
  'D8.differs': (finding) => ({
    title: `The archive is from ${system(archive(finding))}, the server runs ${system(device(finding))}: nobody has described a restore from one to the other.`,
    remedy:
      'Choose a server with the same system, or ask Advantech and go on with their answer as your reason.',
  }),
  'D8.archive-unknown': (finding) => ({
    title: `The operating system of the source is not known; the server runs ${system(device(finding))}.`,
    remedy: 'State whether the source ran Windows or Linux.',
  }),
  'D8.device-unknown': (finding) => ({
    title: `The archive is from ${system(archive(finding))}; the operating system of the server is not known.`,
    remedy: 'Read the identity of the server, or state it.',
  }),
  'D9.equal': (finding) => ({ title: `Agents find the server at ${device(finding)} as before.`, remedy: '' }),
  'D9.differs': (finding) => ({
    title: `The archive is of a server at ${archive(finding)}, this one is at ${device(finding)}: agents will stay away.`,
    remedy:
      'After the restore set the address with Server Configuration (on Linux in Server_Config.xml), or give this server the old address.',
  }),
  'D9.archive-unknown': (finding) => ({
    title: `At which address agents found the source is not known; this server is at ${device(finding)}.`,
    remedy: 'State the address of the source, so that you know whether agents have to be told.',
  }),
  'D9.device-unknown': (finding) => ({
    title: `The source was at ${archive(finding)}; at which address agents find this server is not known.`,
    remedy: 'State the address of the server.',
  }),
  'D10.equal': (finding) => ({
    title: `The network adapter of the licence is the same (${device(finding)}).`,
    remedy: '',
  }),
  'D10.differs': (finding) => ({
    title: `The licence is bound to the network adapter ${archive(finding)}; this server has ${device(finding)}.`,
    remedy: 'Have the licence re-issued for the request code that this server shows.',
  }),
  'D10.archive-unknown': (finding) => ({
    title: `To which network adapter the licence of the source is bound is not known; this server has ${device(finding)}.`,
    remedy:
      'State the MAC address that was chosen at the installation of the source, or expect a new licence.',
  }),
  'D10.device-unknown': (finding) => ({
    title: `The licence is bound to the network adapter ${archive(finding)}; which one counts on this server is not known.`,
    remedy: 'State the MAC address: with several adapters only whoever installed the server knows it.',
  }),
  'D11.known': (finding) => ({
    title: `DeviceOn ${archive(finding)} has System Backup.`,
    remedy: '',
  }),
  'D11.too-old': (finding) => ({
    title: `The source is said to be DeviceOn ${archive(finding)}, but System Backup came with 5.2.4.`,
    remedy: 'Check the version. For older servers use Server Migration, or upgrade the source first.',
  }),
  'D11.archive-unknown': () => ({
    title: 'Whether the source had System Backup (from 5.2.4 on) is not known.',
    remedy: 'State the version of the source.',
  }),
  'D12.no-upgrade': () => ({ title: 'The server needs no upgrade for this archive.', remedy: '' }),
  'D12.upgrade': (finding) => ({
    title: `The way from ${device(finding)} to ${archive(finding)} leads over ${of(finding, 'route')}, one after the other.`,
    remedy:
      'Upgrade in this order. Agents older than 1.4.50 cannot connect to 5.3.12: bring them up to date first.',
  }),
  'D12.archive-unknown': () => ({
    title: 'Whether an upgrade is needed is not known: the version of the source is missing.',
    remedy: 'State the version of the source.',
  }),
  'D12.device-unknown': () => ({
    title: 'Whether an upgrade is needed is not known: the version of the server is missing.',
    remedy: 'State the version of the server.',
  }),
  'D13.kept': (finding) => ({
    title: `The newest backup is ${of(finding, 'days')} days old, as the schedule (${of(finding, 'schedule')}) has it.`,
    remedy: '',
  }),
  'D13.late': (finding) => ({
    title: `The newest backup is ${of(finding, 'days')} days old (${of(finding, 'newest')}), older than its schedule (${of(finding, 'schedule')}) allows.`,
    remedy: 'Look at System Settings > System Backup and at the storage folder: is it full, or switched off?',
  }),
  'D13.schedule-unknown': () => ({
    title: 'How often the server makes backups is not known, so a missing one goes unnoticed.',
    remedy: 'State the schedule of System Backup for the server: daily or monthly.',
  }),
  'D13.device-unknown': () => ({
    title: 'How old the newest backup is cannot be judged before the server was read.',
    remedy: 'Read the identity of the server.',
  }),
} satisfies FindingTexts

function system(os: string): string {
  return os === 'windows' ? 'Windows' : os === 'linux' ? 'Linux' : os
}
