import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** Where the packed app's folder, program and archive lie on this system. */
export function packedApp(release: 'release' | 'release-e2e') {
  const places = {
    win32: ['win-unpacked', 'Ferrite.exe', 'resources'],
    darwin: ['mac/Ferrite.app/Contents', 'MacOS/Ferrite', 'Resources'],
  }
  const system = process.platform
  const [folder, program, resources] =
    system === 'win32' || system === 'darwin' ? places[system] : ['linux-unpacked', 'ferrite', 'resources']
  const base = join(root, release, folder ?? '')
  // On a Mac the fuses lie in the framework, not in the small program that loads it.
  const framework = join(base, 'Frameworks/Electron Framework.framework/Electron Framework')
  const executable = join(base, program ?? '')
  return {
    base,
    executable,
    fuseBinary: system === 'darwin' ? framework : executable,
    resources: join(base, resources ?? ''),
  }
}
