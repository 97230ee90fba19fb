import type { Dialogs } from '../../app/dialogs.ts'
import type { PrintPage } from '../../app/print-page.ts'
import type { CopySecret } from '../../app/secret-clipboard.ts'
import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'

type KeyHandlers = Pick<Handlers, 'keys.kept' | 'keys.give' | 'keys.copy' | 'keys.forget' | 'keys.sheet'>

export interface KeyHandlerNeeds {
  readonly dialogs: Dialogs
  readonly copySecret: CopySecret
  readonly printPage: PrintPage
}

/** Requests about keys. None of them answers with a key: main copies and prints it itself. */
export function keyHandlers(ferrite: Ferrite, needs: KeyHandlerNeeds): KeyHandlers {
  const { keys, keySheet, annotations, settings, vault } = ferrite
  const { dialogs, copySecret, printPage } = needs
  return {
    'keys.kept': async () => [...(await annotations.all()).keys()].filter((id) => keys.isKept(id)),
    'keys.give': async ({ archiveId, key }) => await keys.give(archiveId, key),
    'keys.copy': async ({ archiveId }) => {
      await copySecret(await keys.show(archiveId, 'clipboard'))
    },
    'keys.forget': async ({ archiveId, typedName }) => {
      await keys.forget(archiveId, typedName)
    },
    'keys.sheet': async ({ archiveId, to }, signal) => {
      const { language } = await settings.read()
      const { device } = await vault.read(archiveId)
      if (to === 'printer') {
        return await printPage(await keySheet({ archiveId, language }), { kind: 'printer' }, signal)
      }
      const file = await dialogs.chooseExport(`${device.name}.pdf`)
      if (file === undefined) return false
      return await printPage(await keySheet({ archiveId, language }), { kind: 'file', file }, signal)
    },
  }
}
