import { useState } from 'react'
import type { ReactElement } from 'react'
import { commandSources } from './commands.ts'
import { useShellTexts } from './shell-texts.ts'
import { closeDialog } from './stores/dialogs.ts'
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
      onClose={closeDialog}
      label={palette.label}
      placeholder={palette.placeholder}
      groups={commandSources.map((source) => source(query, language))}
      empty={palette.empty}
      onQuery={setQuery}
    />
  )
}
