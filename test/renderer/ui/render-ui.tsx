import { render } from '@testing-library/react'
import type { RenderResult } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { UserEvent } from '@testing-library/user-event'
import type { ReactElement } from 'react'
import { UiProvider } from '../../../src/renderer/ui/ui-provider.tsx'
import { controls as german } from '../../../src/shared/text/de/controls.ts'
import { controls as english } from '../../../src/shared/text/en/controls.ts'
import type { Language } from '../../../src/shared/text/language.ts'

interface Rendered extends RenderResult {
  readonly user: UserEvent
  /** What was put on the clipboard. */
  readonly copied: string[]
  readonly again: (element: ReactElement) => void
}

/** Renders inside of a `UiProvider` with a clipboard that can be read. */
export function renderUi(element: ReactElement, language: Language = 'en'): Rendered {
  const copied: string[] = []
  const copyText = async (text: string): Promise<void> => {
    copied.push(text)
  }
  const wrap = (inner: ReactElement): ReactElement => (
    <UiProvider language={language} words={language === 'de' ? german : english} copyText={copyText}>
      {inner}
    </UiProvider>
  )
  const result = render(wrap(element))
  return { ...result, user: userEvent.setup(), copied, again: (next) => result.rerender(wrap(next)) }
}
