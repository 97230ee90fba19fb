import { formatFingerprint } from '../format.ts'
import type { ProcedureTexts } from '../plan-text.ts'

type Facts = Readonly<Record<string, string>>
const of = (facts: Facts, name: string): string => facts[name] ?? '?'
const stated = (version: string | undefined): string =>
  version === undefined || version === '' ? '' : ` Stated here: ${version}.`
const print = (facts: Facts, name = 'fingerprint'): string => formatFingerprint(of(facts, name))

/** English words for the migration of an Endpoint Protector appliance. */
export const endpointProtectorProcedure = {
  step: {
    'source-state': (facts) => ({
      title: `Look at the state of ${of(facts, 'old')}`,
      detail: `Console of ${of(facts, 'old')}, Appliance > Server Information: note the version and the free disk. At least 30 % have to be free, and 24 hours have to lie between the last patch and the backup (nightly job at 21:00).${stated(facts['version'])}`,
    }),
    snapshot: (facts) => ({
      title: 'Make a snapshot of the virtual machine',
      detail: `On the hypervisor: a snapshot of ${of(facts, 'old')} and one of ${of(facts, 'target')}. Wait until both say that they are completed and write down their names: there is no other way back.`,
      done: 'The snapshots are completed',
    }),
    'save-other-backups': (facts) => ({
      title: 'Take away what the import would remove',
      detail: `The import removes every earlier system and audit log backup from ${of(facts, 'target')}: download what is needed (System Maintenance). Logs and file shadows of ${of(facts, 'old')} are not in the backup: export them apart from it.`,
    }),
    'target-answers': (facts) => ({
      title: 'The target answers with its own certificate',
      detail: `Ferrite looks at ${of(facts, 'address')} and compares the certificate. It does not log in.`,
    }),
    'temporary-address': (facts) => ({
      title: 'Check that the target has an address of its own',
      detail: `${of(facts, 'target')} has to stay at ${of(facts, 'address')} while ${of(facts, 'old')} still works. On 2509 and early 2510 images the network page saves only when both DNS fields are filled in.`,
    }),
    'clients-off': (facts) => ({
      title: 'Switch client communication off',
      detail: `Console of ${of(facts, 'device')}, System Configuration > System Settings: no client may talk to it before the restore is verified.`,
    }),
    licence: (facts) => ({
      title: 'Bring the licence in order',
      detail:
        facts['line'] === '2608'
          ? `On ${of(facts, 'device')}: activate the free trial only. The real licence is imported after the restore.`
          : `On ${of(facts, 'device')}: import a licence that contains php_els before patching; the page then shows “ELS for PHP = Active”.`,
    }),
    'target-version': (facts) => ({
      title: 'Patch the target and note its version',
      detail: `Bring ${of(facts, 'device')} to the latest patch of its image and write down the version that the lower right corner of the console shows.${stated(facts['version'])} If it is another one, state it for the device and check the fit again before you go on.`,
    }),
    import: (facts) => ({
      title: 'Import the backup with its key',
      detail: `Open ${of(facts, 'address')}, System Maintenance > System Backup v2 > Import and Restore (Migrate): choose ${of(facts, 'file')}, paste the System Backup Key, press Import. Write down the status that the list shows (“Generating”, then “Ready to download” or “Your back import file has been queued”). On HTTP 500 do not try again at once: look at the logs, free disk, fetch the file anew.`,
      done: 'The import has begun',
    }),
    'wait-after-import': (facts) => ({
      title: `Wait ${of(facts, 'minutes')} minutes`,
      detail:
        'The vendor asks not to refresh the page before. The console may hang or ask for a new login. The time counts on while Ferrite is closed.',
    }),
    'target-again': (facts) => ({
      title: 'The target answers again',
      detail: `Ferrite looks at ${of(facts, 'address')} until it answers, and keeps which certificate it shows now: its own, or the one of the old appliance. A restore takes 15 to 45 minutes.`,
    }),
    'check-restored': (facts) => ({
      title: 'Log in with the old credentials and look',
      detail: `Log in to ${of(facts, 'device')} with a user of ${of(facts, 'old')}. Compare version, licence, users and policies, and write down what you saw.`,
      done: 'It is the state of the backup',
    }),
    'licence-after': (facts) => ({
      title: 'Import the real licence',
      detail: `On ${of(facts, 'device')}: replace the trial by the licence.`,
    }),
    secrets: (facts) => ({
      title: 'Enter the passwords that did not come along',
      detail:
        of(facts, 'list') === ''
          ? 'SMTP, AD/LDAP, Entra ID or SSO, SCIM token, SIEM, S3: enter what is missing and test each.'
          : `Enter and test each: ${of(facts, 'list')}.`,
    }),
    'e-discovery': () => ({
      title: 'Where eDiscovery is in use: re-read rights and settings',
      detail: 'eDiscovery: re-read rights and settings for all computers.',
    }),
    'client-packages': (facts) => ({
      title: 'Upload the client packages',
      detail: `Clients up to 5.9.4.1 need 5.9.4.3 in between; clients with Enforced Encryption are updated at once.${facts['client'] === undefined || facts['client'] === '' ? '' : ` Oldest client stated here: ${facts['client']}.`}`,
    }),
    'power-off-old': (facts) => ({
      title: `Power ${of(facts, 'old')} off`,
      detail: `Shut the old machine (${of(facts, 'address')}) down on the hypervisor and make sure that it does not start by itself.`,
      done: 'It is off',
    }),
    'old-silent': (facts) => ({
      title: 'Nobody answers at the old address',
      detail: `Ferrite looks at ${of(facts, 'address')} several times: everything but silence stops here. It also looks at ${of(facts, 'temporary')}, so that silence is not the network’s.`,
    }),
    'move-address': (facts) => ({
      title: `Give ${of(facts, 'target')} the address ${of(facts, 'address')}`,
      detail:
        'On the console of the virtual machine (networking); images in AWS, Azure or GCP on the command line only. Then wait until the network answers.',
      done: 'The address is set',
    }),
    'final-certificate': (facts) => ({
      title: 'The new appliance answers at the final address',
      detail: `Ferrite looks at ${of(facts, 'address')}: the certificate has to be the one that the target showed after the import.`,
    }),
    inventory: (facts) => ({
      title: 'Tell Ferrite the new address',
      detail: `${of(facts, 'target')} is still in the inventory with its former address. Change it to ${of(facts, 'address')}, compare the fingerprint that is offered and accept it; Ferrite never does this by itself.`,
    }),
    'other-address': (facts) => ({
      title: 'Point the clients to the new address',
      detail: `${of(facts, 'target')} does not take over the address of ${of(facts, 'old')}: give every endpoint the new address and root certificate; drives under Enforced Encryption have to be decrypted and encrypted anew.`,
    }),
    'clients-on': (facts) => ({
      title: 'Switch client communication on and watch “Last Seen”',
      detail: `Console of ${of(facts, 'device')}: System Configuration > System Settings, then Device Control > Computers: the times in “Last Seen” have to move.`,
      done: 'The clients report',
    }),
    'keep-old': (facts) => ({
      title: `Keep ${of(facts, 'old')}, switched off`,
      detail:
        'It is the only archive of its logs and file shadows. Keep the machine offline until it is settled how long they are needed; two servers at work may need two licences.',
    }),
    'new-backup': (facts) => ({
      title: 'Make a first backup of the new appliance',
      detail: `On ${of(facts, 'device')}: System Backup v2 > Create, save the key, download the file and import both in Ferrite.`,
    }),
    'keep-the-original': (facts) => ({
      title: 'Delete nothing on the appliance that is only there',
      detail: `A deleted backup is gone for ever. Delete one on an appliance only when Ferrite holds the same file (SHA-256 ${of(facts, 'sha256').slice(0, 16)}… of ${of(facts, 'file')}) and its key.`,
    }),
  },
  evidence: {
    'target-answers': (facts) =>
      `${of(facts, 'address')} answered with the accepted certificate ${print(facts)}.`,
    waited: (facts) => `${of(facts, 'minutes')} minutes have passed since the import began.`,
    'certificate-own': (facts) =>
      `${of(facts, 'address')} answers with the target’s own certificate ${print(facts)}.`,
    'certificate-restored': (facts) =>
      `${of(facts, 'address')} answers with the certificate of the old appliance ${print(facts)}: it came with the backup.`,
    'old-silent': (facts) =>
      `Nobody answered at ${of(facts, 'address')} in ${of(facts, 'looks')} looks (${of(facts, 'reason')}), while ${of(facts, 'witness')} did.`,
    'old-refuses': (facts) =>
      `No web page at ${of(facts, 'address')} in ${of(facts, 'looks')} looks, while ${of(facts, 'witness')} answered. Something there refuses connections: make sure that the old machine is off and not only its web server.`,
    'final-own': (facts) =>
      `${of(facts, 'address')} answers with the target’s own certificate ${print(facts)}.`,
    'final-restored': (facts) =>
      `${of(facts, 'address')} answers with the certificate of the old appliance ${print(facts)}. The target had shown it after the import, and the old appliance was silent before the address moved.`,
  },
} satisfies ProcedureTexts
