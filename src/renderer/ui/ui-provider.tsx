import { createContext, useContext, useMemo } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components'
import type { controls } from '../../shared/text/en/controls.ts'
import type { Language } from '../../shared/text/language.ts'

/** The words of the controls that every view shares, in one language (`shared/text/…/controls`). */
export type ControlWords = typeof controls

interface Ui {
  readonly language: Language
  readonly words: ControlWords
  /** Puts a text on the clipboard. Rejects where that is refused. */
  readonly copyText: (text: string) => Promise<void>
}

const UiContext = createContext<Ui | undefined>(undefined)

interface UiProviderProps extends Ui {
  readonly children: ReactNode
}

/** Language, shared words and the way to the clipboard for all controls below. One, around the whole window. */
export function UiProvider({ language, words, copyText, children }: UiProviderProps): ReactElement {
  const ui = useMemo(() => ({ language, words, copyText }), [language, words, copyText])
  return (
    <I18nProvider locale={language === 'de' ? 'de-DE' : 'en-GB'}>
      <UiContext value={ui}>{children}</UiContext>
    </I18nProvider>
  )
}

/** What the nearest `UiProvider` gives. */
export function useUi(): Ui {
  const ui = useContext(UiContext)
  if (ui === undefined) throw new Error('A control of src/renderer/ui is used outside of UiProvider')
  return ui
}
