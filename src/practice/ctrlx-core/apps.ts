import { copyFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { AppFile } from './app-file.ts'
import { readAppFile } from './app-file.ts'
import type { AppState } from './device-state.ts'
import type { Device } from './device.ts'
import { appState } from './factory.ts'
import type { ProblemFacts } from './problem.ts'
import { needsRestart } from './system-apps.ts'

/** Why an app could not be installed, in the vendor's codes. */
export interface InstallFailure {
  readonly reason: string
  readonly detailed: '0C641065' | '0C641132'
}

/**
 * Installs or updates the app in `file`. The app files are there before the state names them.
 * Answers the failure when the file is damaged or made for another architecture; the device is then unchanged.
 */
export async function installApp(device: Device, file: string): Promise<AppFile | InstallFailure> {
  const app = await readAppFile(file)
  if (app === undefined) return { reason: 'App file is corrupted', detailed: '0C641065' }
  if (app.architecture !== 'all' && app.architecture !== device.model.snapArchitecture) {
    return { reason: `Architecture '${app.architecture}' of the app is not supported`, detailed: '0C641132' }
  }
  const fileName = `${app.name}-${app.version}.app`
  copyFileSync(file, join(device.folders.apps, fileName))
  const previous = device.state.apps.find(({ name }) => name === app.name)
  if (previous?.required === true && device.faults.takeDevice('app-not-updated') !== undefined) return app
  const installed = previous?.required === true ? updated(previous, app.version) : made(app, fileName, file)
  device.change({ apps: [...device.state.apps.filter(({ name }) => name !== app.name), installed] })
  if (previous?.file !== undefined && previous.file !== fileName) removeFile(device, previous.file)
  return app
}

/** A system app that needs a restart is there at once and runs only afterwards. */
function updated(app: AppState, version: string): AppState {
  return needsRestart(app) ? { ...app, nextVersion: version } : { ...app, version }
}

export function uninstallApp(device: Device, name: string): void {
  const app = device.state.apps.find((each) => each.name === name)
  device.change({ apps: device.state.apps.filter((each) => each.name !== name) })
  if (app?.file !== undefined) removeFile(device, app.file)
}

export function setAppEnabled(device: Device, name: string, enabled: boolean): void {
  device.change({ apps: device.state.apps.map((app) => (app.name === name ? { ...app, enabled } : app)) })
}

export function isInstallFailure(result: AppFile | InstallFailure): result is InstallFailure {
  return 'reason' in result
}

/** The failure as the package manager reports it. */
export function installProblem(failure: InstallFailure): ProblemFacts {
  return {
    main: '080F0810',
    title: 'App installation failed',
    detailed: failure.detailed,
    detail: failure.reason,
  }
}

function made(app: AppFile, fileName: string, file: string): AppState {
  return appState(app, { fileName, sizeBytes: statSync(file).size, enabled: true })
}

function removeFile(device: Device, fileName: string): void {
  rmSync(join(device.folders.apps, fileName), { force: true })
}
