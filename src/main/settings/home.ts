import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * The folder for inventory, settings, journal and history: `FERRITE_HOME`, or the operating system's own place. Window
 * and command line share it, and the vault lies in it unless another place is named.
 */
export function defaultHome(
  environment: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): string {
  const { FERRITE_HOME, APPDATA, XDG_CONFIG_HOME } = environment
  if (FERRITE_HOME !== undefined && FERRITE_HOME !== '') return FERRITE_HOME
  if (platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Ferrite')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Ferrite')
  return join(XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'ferrite')
}
