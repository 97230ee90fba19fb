import type { Dialogs } from '../../app/dialogs.ts'
import type { Ferrite } from '../../compose.ts'
import { folderFacts } from '../../devices/stated-answers.ts'
import type { Handlers } from '../serve.ts'

/** The request for a folder that a device writes its backups to: the window never names one, a person chooses it here. */
export function folderHandlers(
  { inventory, familyOf }: Pick<Ferrite, 'inventory' | 'familyOf'>,
  dialogs: Pick<Dialogs, 'chooseBackupFolder'>,
): Pick<Handlers, 'devices.chooseFolder'> {
  return {
    'devices.chooseFolder': async ({ id }) => {
      const { family, facts } = await inventory.get(id)
      const [name] = folderFacts(family)
      if (name === undefined) return false
      const folder = await dialogs.chooseBackupFolder()
      if (folder === undefined) return false
      const checked = familyOf(family).checkFacts({ ...facts, [name]: folder })
      await inventory.change(id, { facts: checked })
      return true
    },
  }
}
