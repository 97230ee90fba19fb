import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where a device keeps its files, below the folder that it was given. */
export interface Folders {
  readonly root: string
  /** Files of the user apps. */
  readonly apps: string
  /** The one backup file that the device keeps. */
  readonly setups: string
  /** Uploads and files in the making; emptied at every start. */
  readonly temporary: string
  readonly activeConfiguration: string
  readonly archivedConfigurations: string
  readonly certificates: string
  /** Stands for external media: `media/usb1` is what the device calls `/media/usb1`. */
  readonly media: string
}

export function foldersIn(root: string): Folders {
  return {
    root,
    apps: join(root, 'apps'),
    setups: join(root, 'setups'),
    temporary: join(root, 'temporary'),
    activeConfiguration: join(root, 'configurations', 'active'),
    archivedConfigurations: join(root, 'configurations', 'archive'),
    certificates: join(root, 'certificates'),
    media: join(root, 'media'),
  }
}

export function makeFolders(folders: Folders): void {
  for (const folder of Object.values(folders)) mkdirSync(folder as string, { recursive: true, mode: 0o700 })
}
