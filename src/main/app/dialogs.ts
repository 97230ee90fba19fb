import { dialog, type BrowserWindow } from 'electron'
import { basename } from 'node:path'
import type { AppJobPlan } from '../../shared/model/bridge.ts'
import type { RestorePlan } from '../../shared/model/restore.ts'
import type { Question, ShellText, TakeOutSizes } from '../../shared/text/en/shell.ts'

/** Main's own dialogs: files are chosen and restores are confirmed here, out of the window's reach. */
export interface Dialogs {
  /** Files to import; empty where the person closed the dialog. */
  readonly chooseImports: () => Promise<readonly string[]>
  /** Files with apps; empty where the person closed the dialog. */
  readonly chooseApps: () => Promise<readonly string[]>
  readonly chooseExport: (fileName: string) => Promise<string | undefined>
  readonly chooseEmptyFolder: () => Promise<string | undefined>
  /** True only where the person agreed to the size. */
  readonly confirmTakeOut: (sizes: TakeOutSizes) => Promise<boolean>
  /** What becomes of entries whose names are not safe; `undefined` where the person closed the dialog. */
  readonly askUnsafeNames: (count: number, example: string) => Promise<'rename' | 'skip' | undefined>
  /** A folder of this computer, or a share it has mounted, that a device writes its backups to. */
  readonly chooseBackupFolder: () => Promise<string | undefined>
  /** True only where the person pressed the button that names the device. */
  readonly confirmRestore: (plan: RestorePlan) => Promise<boolean>
  /** The same for a job that changes system apps. */
  readonly confirmApps: (plan: AppJobPlan) => Promise<boolean>
}

/** Dialogs over the window, in the person's language. */
export function createDialogs(window: () => BrowserWindow, text: () => ShellText): Dialogs {
  const chooseFiles = async (title: string): Promise<readonly string[]> => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
      title,
      properties: ['openFile', 'multiSelections'],
    })
    return canceled ? [] : filePaths
  }
  const ask = async ({ message, detail, confirm, cancel }: Question): Promise<boolean> => {
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
  }
  return {
    chooseImports: () => chooseFiles(text().chooseImports),
    chooseApps: () => chooseFiles(text().chooseApps),
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
    confirmTakeOut: (sizes) => ask(text().confirmTakeOut(sizes)),
    askUnsafeNames: async (count, example) => {
      const { message, detail, rename, skip, cancel } = text().unsafeNames(count, example)
      const { response } = await dialog.showMessageBox(window(), {
        type: 'question',
        message,
        detail,
        buttons: [cancel, skip, rename],
        defaultId: 1,
        cancelId: 0,
        noLink: true,
      })
      return response === 2 ? 'rename' : response === 1 ? 'skip' : undefined
    },
    confirmRestore: (plan) => ask(text().confirmRestore(plan)),
    confirmApps: (plan) => ask(text().confirmApps(plan)),
  }
}
