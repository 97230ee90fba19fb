/** The ctrlX OS releases that can be practised, by their system version. */
export type ProfileId = '1.12' | '1.20' | '2.6' | '3.6' | '4.4' | '4.6'

/** What a release can do on the wire, and the versions that it is made of. */
export interface Profile {
  readonly id: ProfileId
  /** Version of the Setup API, or undefined where only the legacy Backup API exists. */
  readonly setupApi: '1.3.0' | '1.5.0' | '1.7.0' | undefined
  readonly hasLegacyBackup: boolean
  /** `GET /setupinfo`, since OS 2.2. */
  readonly hasSetupInfo: boolean
  /** The field `mode` of apply, since OS 2.6. */
  readonly hasApplyMode: boolean
  /** `PUT /setups/{fileName}` and the field `options` of apply, since OS 3.4. */
  readonly hasUploadAndOptions: boolean
  /** `size` and `modified` in the list of setups, since Setup API 1.7.0. */
  readonly listsSizeAndTime: boolean
  /** `ctrlxOsVersion` in the system information, since OS 4. */
  readonly reportsOsVersion: boolean
  /** `installationId` in the system information. */
  readonly reportsInstallationId: boolean
  /** Identity manager version 2 beside version 1. */
  readonly hasIdentityV2: boolean
  /** First commissioning over the interface, since OS 4.6. */
  readonly hasCommissioning: boolean
  /** Since OS 4.4: downloads only with full access, task details only with full access, applied file removed. */
  readonly isGuarded: boolean
  /** System apps are listed in a backup file since about OS 3.4; before, they are left out altogether. */
  readonly listsSystemApps: boolean
  readonly operatingSystem: string
  readonly osVersion: string
  readonly versions: SystemVersions
}

/** Versions of the system apps of one release. */
export interface SystemVersions {
  readonly deviceAdmin: string
  readonly automationCore: string
  readonly setup: string
  readonly solutions: string
  readonly hardware: string
  readonly kernel: string
  readonly snapd: string
  readonly base: string
  readonly baseVersion: string
}

const oldest = {
  setupApi: undefined,
  hasLegacyBackup: true,
  hasSetupInfo: false,
  hasApplyMode: false,
  hasUploadAndOptions: false,
  listsSizeAndTime: false,
  reportsOsVersion: false,
  reportsInstallationId: false,
  hasIdentityV2: false,
  hasCommissioning: false,
  isGuarded: false,
  listsSystemApps: false,
} as const

const release2 = {
  ...oldest,
  setupApi: '1.5.0',
  hasSetupInfo: true,
  hasApplyMode: true,
  hasIdentityV2: true,
  reportsInstallationId: true,
} as const

const release3 = {
  ...release2,
  setupApi: '1.7.0',
  hasLegacyBackup: false,
  hasUploadAndOptions: true,
  listsSizeAndTime: true,
  listsSystemApps: true,
} as const

const release4 = { ...release3, reportsOsVersion: true, isGuarded: true } as const

/** Versions of 4.4 and 4.6 are those of their release notes; the older ones follow the same pattern. */
export const profiles: Readonly<Record<ProfileId, Profile>> = {
  '1.12': {
    ...oldest,
    id: '1.12',
    operatingSystem: 'Ubuntu Core 18',
    osVersion: '18',
    versions: sameRelease('1.12.3', {
      base: 'core18',
      baseVersion: '20211215',
      snapd: '2.53',
      kernel: '1.12.0+4.18',
    }),
  },
  '1.20': {
    ...oldest,
    id: '1.20',
    setupApi: '1.3.0',
    hasIdentityV2: true,
    operatingSystem: 'Ubuntu Core 20',
    osVersion: '20',
    versions: sameRelease('1.20.6', {
      base: 'core20',
      baseVersion: '20230622',
      snapd: '2.58',
      kernel: '1.20.0+5.15',
    }),
  },
  '2.6': {
    ...release2,
    id: '2.6',
    operatingSystem: 'Ubuntu Core 22',
    osVersion: '22',
    versions: sameRelease('2.6.4', {
      base: 'core22',
      baseVersion: '20240408',
      snapd: '2.62',
      kernel: '2.6.0+5.15',
    }),
  },
  '3.6': {
    ...release3,
    id: '3.6',
    operatingSystem: 'Ubuntu Core 22',
    osVersion: '22',
    versions: sameRelease('3.6.3', {
      base: 'core22',
      baseVersion: '20250315',
      snapd: '2.67',
      kernel: '3.6.0+6.6',
    }),
  },
  '4.4': {
    ...release4,
    id: '4.4',
    operatingSystem: 'Ubuntu Core 24',
    osVersion: '24',
    versions: {
      ...sameRelease('4.4.0', {
        base: 'core24',
        baseVersion: '20250729',
        snapd: '2.71',
        kernel: '4.4.0+6.12',
      }),
      automationCore: '4.4.5',
    },
  },
  '4.6': {
    ...release4,
    id: '4.6',
    hasCommissioning: true,
    operatingSystem: 'Ubuntu Core 24',
    osVersion: '24',
    versions: {
      ...sameRelease('4.6.0', {
        base: 'core24',
        baseVersion: '20260107',
        snapd: '2.72',
        kernel: '4.6.0+6.12.40-ctrlx-55',
      }),
      solutions: '4.6.1',
    },
  },
}

function sameRelease(
  version: string,
  rest: Pick<SystemVersions, 'base' | 'baseVersion' | 'snapd' | 'kernel'>,
): SystemVersions {
  return {
    deviceAdmin: version,
    automationCore: version,
    setup: version,
    solutions: version,
    hardware: version,
    ...rest,
  }
}
