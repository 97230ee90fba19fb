import { dialog, type BrowserWindow } from 'electron'
import { basename } from 'node:path'
import type { RestorePlan } from '../../shared/model/restore.ts'
import type { ShellText } from '../../shared/text/en/shell.ts'

/** Main's own dialogs: files are chosen and restores are confirmed here, out of the window's reach. */
export interface Dialogs {
  /** Files to import; empty where the person closed the dialog. */
  readonly chooseImports: () => Promise<readonly string[]>
  readonly chooseExport: (fileName: string) => Promise<string | undefined>
  readonly chooseEmptyFolder: () => Promise<string | undefined>
  /** A folder of this computer, or a share it has mounted, that a device writes its backups to. */
  readonly chooseBackupFolder: () => Promise<string | undefined>
  /** True only where the person pressed the button that names the device. */
  readonly confirmRestore: (plan: RestorePlan) => Promise<boolean>
}

/** Dialogs over the window, in the person's language. */
export function createDialogs(window: () => BrowserWindow, text: () => ShellText): Dialogs {
  return {
    chooseImports: async () => {
      const options = { title: text().chooseImports, properties: ['openFile', 'multiSelections'] as const }
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        ...options,
        properties: [...options.properties],
      })
      return canceled ? [] : filePaths
    },
    chooseExport: async (fileName) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        title: text().chooseExport,
        defaultPath: basename(fileName),
      })
      return canceled ? undefined : filePath
    },
    chooseEmptyFolder: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: text().chooseFolder,
        properties: ['openDirectory', 'createDirectory'],
      })
      return canceled ? undefined : filePaths[0]
    },
    chooseBackupFolder: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: text().chooseBackupFolder,
        properties: ['openDirectory'],
      })
      return canceled ? undefined : filePaths[0]
    },
    confirmRestore: async (plan) => {
      const { message, detail, confirm, cancel } = text().confirmRestore(plan)
      const { response } = await dialog.showMessageBox(window(), {
        type: 'warning',
        message,
        detail,
        buttons: [cancel, confirm],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      })
      return response === 1
    },
  }
}
