import { installApp, isInstallFailure, uninstallApp } from '../apps.ts'
import { isRecord } from '../route.ts'
import type { Applying } from './applying.ts'
import { element } from './setup-source.ts'

type Change =
  | {
      readonly kind: 'install'
      readonly name: string
      readonly version: string
      readonly path: string | undefined
    }
  | { readonly kind: 'uninstall'; readonly name: string }
  | { readonly kind: 'keep'; readonly name: string }

/** Whether the setup would change any app, which is what makes the device leave OPERATING. */
export function changesApps(applying: Applying): boolean {
  return plan(applying).some(({ kind }) => kind !== 'keep')
}

/**
 * Brings the apps in line with the setup. An app that cannot be installed is an ERROR line and no more:
 * the task goes on and ends as done.
 */
export async function applyApps(applying: Applying): Promise<void> {
  const { device, task } = applying
  const changes = plan(applying)
  for (const [index, change] of changes.entries()) {
    await task.step(55 + Math.floor((35 * index) / changes.length), `updating app ${change.name}`)
    if (change.kind === 'keep') task.info(`Updating apps - "${change.name}" skipped, no changes`)
    else if (change.kind === 'install') await install(applying, change)
    else uninstallOne(applying, change.name)
  }
  task.info('Updating apps finished')
  device.witness.event('apps-applied', { id: task.id, apps: device.state.apps.map(({ name }) => name) })
}

async function install(
  { device, task, source }: Applying,
  change: Change & { kind: 'install' },
): Promise<void> {
  const failed = (reason: string): void => {
    task.error(`Updating apps - installing "${change.name}" failed: ${reason}`)
  }
  const file = change.path === undefined ? undefined : source.file(change.path)
  if (file === undefined) {
    failed('App file not found')
    return
  }
  const result = await installApp(device, file)
  if (isInstallFailure(result)) failed(`${result.reason} (${result.detailed})`)
  else task.info(`Updating apps - installing "${change.name}" succeeded`)
}

function uninstallOne({ device, task }: Applying, name: string): void {
  if (device.state.apps.find((app) => app.name === name)?.required === true) {
    task.error(`Updating apps - uninstalling "${name}" failed: App is required by the system`)
    return
  }
  uninstallApp(device, name)
  task.info(`Updating apps - uninstalling "${name}" succeeded`)
}

/** In `restore` mode every user app that the setup does not list goes; `null` removes an app in any mode. */
function plan({ device, source, request }: Applying): readonly Change[] {
  const listed = element(source.document, 'packageManagement', 'installedApps')
  if (!isRecord(listed)) return []
  const wanted = Object.entries(listed).map(([name, value]): Change => {
    if (value === null) return { kind: 'uninstall', name }
    const version = element(value, 'version')
    const path = element(value, '$path')
    const current = device.state.apps.find((app) => app.name === name)
    if (current?.version === version && current?.enabled === true) return { kind: 'keep', name }
    return {
      kind: 'install',
      name,
      version: typeof version === 'string' ? version : '',
      path: typeof path === 'string' ? path : undefined,
    }
  })
  const missing =
    request.mode === 'restore'
      ? device.state.apps.filter(({ name, required }) => !required && !(name in listed))
      : []
  return [...wanted, ...missing.map(({ name }): Change => ({ kind: 'uninstall', name }))]
}
