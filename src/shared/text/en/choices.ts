import type { IdentityChoice } from '../../model/restore.ts'

/** Words of what may be kept on a target, and of what a restore would take away. */
export interface ChoiceTexts {
  readonly kept: Readonly<Record<IdentityChoice['id'], string>>
  readonly reason: Readonly<Record<string, string>>
  /** For one of a kind and for several. */
  readonly removal: Readonly<Record<string, readonly [one: string, many: string]>>
}

export const choices: ChoiceTexts = {
  kept: {
    hostname: 'host name',
    address: 'network address',
    users: 'users and rights',
    certificates: 'certificates and keys',
  },
  reason: {
    'legacy-archive': 'This kind of archive is applied as a whole.',
    'not-in-archive': 'The archive does not hold it, so it stays in any case.',
    'replace-mode': 'In this mode it comes from the archive or is reset: nothing of it can be kept.',
    'too-large': 'The archive is too large to be sent without it.',
    'not-asked': 'This family takes it from the archive.',
    'needs-gnu-tar': 'The tar of this device cannot leave paths out.',
  },
  removal: {
    app: ['app', 'apps'],
    user: ['user', 'users'],
    group: ['group of users', 'groups of users'],
    network: ['network interface', 'network interfaces'],
    host: ['entry of the host list', 'entries of the host list'],
    certificate: ['certificate or key', 'certificates and keys'],
    pki: ['certificate service', 'certificate services'],
    configuration: ['archived configuration', 'archived configurations'],
    storage: ['network share', 'network shares'],
    'app-settings': ['app’s settings', 'apps’ settings'],
    settings: ['section of settings', 'sections of settings'],
  },
}
