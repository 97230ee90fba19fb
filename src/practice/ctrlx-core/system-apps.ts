import type { AppState } from './device-state.ts'
import type { Model } from './models.ts'
import type { Profile } from './profiles.ts'

/** The apps that make up the system: never removable, and of these only some are listed in a backup file. */
export function systemApps(model: Model, profile: Profile): readonly AppState[] {
  const { versions } = profile
  const hardware = `rexroth-${model.image}-hw`
  const kernel = `rexroth-${model.image}-kernel`
  const setupApps =
    profile.setupApi === undefined
      ? []
      : [
          systemApp('rexroth-setup', 'Setup', versions.setup, 'os', 'none'),
          systemApp('rexroth-solutions', 'Solutions', versions.solutions, 'os', 'none'),
        ]
  return [
    systemApp('snapd', 'snapd', versions.snapd, 'snapd', 'none'),
    systemApp(versions.base, versions.base, versions.baseVersion, 'base', 'none'),
    systemApp('rexroth-deviceadmin', 'Device Admin', versions.deviceAdmin, 'os', 'logout'),
    systemApp('rexroth-automationcore', 'Automation Core', versions.automationCore, 'os', 'none'),
    systemApp(hardware, `Hardware Support ${model.id}`, versions.hardware, 'gadget', 'requiredReboot'),
    systemApp(kernel, `Linux Kernel ${model.id}`, versions.kernel, 'kernel', 'forcedReboot'),
    ...setupApps,
  ].map((app) => ({
    ...app,
    base: versions.base,
    architecture: app.appType === 'base' || app.appType === 'snapd' ? 'all' : model.snapArchitecture,
  }))
}

/** Hardware and operating system themselves: no backup file carries or lists them. */
export function isHardwareSpecific(app: AppState): boolean {
  return (
    app.appType === 'kernel' || app.appType === 'gadget' || app.appType === 'base' || app.appType === 'snapd'
  )
}

/** What `ctrlxOsVersion` says: the common major and minor version of the system apps, or the word for "they differ". */
export function osVersionOf(apps: readonly AppState[]): string {
  const releases = new Set(
    apps.filter((app) => app.appType === 'os').map((app) => app.version.split('.').slice(0, 2).join('.')),
  )
  const [only] = releases
  return releases.size === 1 && only !== undefined ? only : 'undefined.'
}

/** True for an app that runs in another version only after a restart, asked for or by itself. */
export function needsRestart({ updateBehavior }: AppState): boolean {
  return updateBehavior === 'requiredReboot' || updateBehavior === 'forcedReboot'
}

/** What a start makes of the apps: versions that waited for it run now. */
export function startedApps(apps: readonly AppState[]): readonly AppState[] {
  return apps.map(({ nextVersion, ...app }) => ({ ...app, version: nextVersion ?? app.version }))
}

function systemApp(
  name: string,
  title: string,
  version: string,
  appType: AppState['appType'],
  updateBehavior: AppState['updateBehavior'],
): AppState {
  return {
    name,
    title,
    vendor: appType === 'base' || appType === 'snapd' ? 'Canonical' : 'Bosch Rexroth AG',
    description: `${title} of the practice device`,
    version,
    appType,
    updateBehavior,
    base: '',
    required: true,
    enabled: true,
    architecture: 'all',
    sizeBytes: 4096,
    file: undefined,
  }
}
