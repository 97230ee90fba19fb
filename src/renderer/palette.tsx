import { useState } from 'react'
import type { ReactElement } from 'react'
import { commandSources } from './commands.ts'
import { useShellTexts } from './shell-texts.ts'
import { closeDialog, dialogsStore } from './stores/dialogs.ts'
import { useLanguage } from './texts.ts'
import { CommandPalette } from './ui/actions/command-palette.tsx'

/** Every action of the window by name. */
export function Palette(): ReactElement {
  const language = useLanguage()
  const { palette } = useShellTexts()
  const [query, setQuery] = useState('')
  return (
    <CommandPalette
      isOpen
      onClose={close}
      label={palette.label}
      placeholder={palette.placeholder}
      groups={commandSources.map((source) => source(query, language))}
      empty={palette.empty}
      onQuery={setQuery}
    />
  )
}

/** Closes the palette, but not the dialog that a command has just opened in its place. */
function close(): void {
  if (dialogsStore.getState().dialog?.kind === 'palette') closeDialog()
}
