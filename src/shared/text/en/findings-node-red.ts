import type { Finding } from '../../model/finding.ts'
import type { FindingTexts } from '../finding-text.ts'

const of = ({ facts }: Finding, name: string): string => facts[name] ?? '?'

/** English titles and remedies of the Node-RED rules, by `rule.reason`. */
export const nodeRedFindings = {
  'P2a.installed': () => ({ title: 'Every node type of the flows is installed on the target.', remedy: '' }),
  'P2a.module-missing': (finding) => ({
    title: `Node types of the flows are not on the target: ${of(finding, 'types')}. Node-RED would take the flows and start none of them.`,
    remedy: `Install these modules on the target first, or enable them there: ${of(finding, 'modules')}.`,
  }),
  'P2a.missing': (finding) => ({
    title: `Node types of the flows are not on the target: ${of(finding, 'types')}. Node-RED would take the flows and start none of them.`,
    remedy:
      'Find out which modules bring these node types and install them on the target first. Backups that Ferrite makes note them.',
  }),
  'P2a.archive-unknown': () => ({
    title: 'Which node types the flows use is not known.',
    remedy: 'Open the archive once; a restore does this by itself first.',
  }),
  'P2a.device-unknown': () => ({
    title: 'Which node types are installed on the target is not known.',
    remedy: 'Read the identity of the target with a login that may read its nodes.',
  }),
  'P2b.kept-elsewhere': () => ({
    title:
      'Credentials of the nodes are not in the archive: Node-RED keeps them in a file of its own, encrypted with a secret of the instance.',
    remedy:
      'Enter them again in the editor after the restore, or bring the file of the source (flows_cred.json) together with its credentialSecret.',
  }),
  'P2c.equal': ({ deviceValue }) => ({
    title: `Both have Node-RED ${deviceValue?.value ?? '?'}.`,
    remedy: '',
  }),
  'P2c.newer': ({ archiveValue, deviceValue }) => ({
    title: `The flows are from Node-RED ${archiveValue?.value ?? '?'}, the target has the newer ${deviceValue?.value ?? '?'}.`,
    remedy: '',
  }),
  'P2c.older': ({ archiveValue, deviceValue }) => ({
    title: `The flows are from Node-RED ${archiveValue?.value ?? '?'}, the target has the older ${deviceValue?.value ?? '?'}: nodes may have settings that it does not know.`,
    remedy: 'Bring the target to the version of the source first, or look through the flows afterwards.',
  }),
  'P2c.archive-unknown': () => ({
    title: 'Which version of Node-RED the flows come from is not known.',
    remedy: 'Compare the versions yourself; backups that Ferrite makes note it.',
  }),
  'P2c.device-unknown': () => ({
    title: 'Which version of Node-RED the target has is not known.',
    remedy: 'Read the identity of the target.',
  }),
  'P2d.may-deploy': () => ({ title: 'The login may deploy flows.', remedy: '' }),
  'P2d.right-missing': ({ deviceValue }) => ({
    title: `The login may not deploy flows (its permissions: ${deviceValue?.value ?? '?'}).`,
    remedy: 'Log in with a user whose permissions in settings.js are “*” or hold “flows.write”.',
  }),
  'P2d.rights-unknown': () => ({
    title: 'Whether the login may deploy flows is not known.',
    remedy: 'Read the identity of the target with the login that will restore.',
  }),
} satisfies FindingTexts
