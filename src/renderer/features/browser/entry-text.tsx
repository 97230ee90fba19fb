import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { textBytesAtMost, type Preview } from '../../../shared/model/entry.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount, formatSize } from '../../../shared/text/format.ts'
import { useArchivesTexts } from '../../parts/archives-texts.ts'
import { usePreviewTexts } from '../../parts/preview-texts.ts'
import { useLanguage } from '../../texts.ts'
import type { SoughtText } from '../../navigation.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Toolbar } from '../../ui/actions/toolbar.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Switch } from '../../ui/fields/switch.tsx'
import { CodeView } from '../../ui/viewers/code-view.tsx'

interface EntryTextProps {
  readonly path: string
  readonly find: SoughtText | undefined
  readonly preview: Preview & { readonly kind: 'text' }
  readonly isRevealed: boolean
  readonly onReveal: (isRevealed: boolean) => void
}

/** How texts are shown, for as long as the window is open. */
const textLook = createStore<{ readonly wraps: boolean }>(() => ({ wraps: true }))

/** A file as text, its secrets covered until somebody asks for them. */
export function EntryText({ path, find, preview, isRevealed, onReveal }: EntryTextProps): ReactElement {
  const { browse } = useArchivesTexts()
  const texts = usePreviewTexts()
  const language = useLanguage()
  const { wraps } = useStore(textLook)
  const { masked, sizeBytes, truncated } = preview
  const isOne = masked === 1
  return (
    <>
      {truncated && (
        <Notice tone="accent" look="bar">
          {browse.truncated(formatSize(textBytesAtMost, language), formatSize(sizeBytes, language))}
        </Notice>
      )}
      {masked > 0 && (
        <Notice
          tone="accent"
          look="bar"
          actions={<Button size="small" label={texts.reveal(isOne)} onPress={() => onReveal(true)} />}
        >
          {texts.covered(formatCount(masked, language), isOne)}
        </Notice>
      )}
      {isRevealed && (
        <Notice
          tone="caution"
          look="bar"
          actions={<Button size="small" label={texts.conceal} onPress={() => onReveal(false)} />}
        >
          {texts.revealed}
        </Notice>
      )}
      <Toolbar label={texts.textTools}>
        <Switch
          label={texts.wrap}
          isSelected={wraps}
          onChange={(isSelected) => textLook.setState({ wraps: isSelected })}
        />
      </Toolbar>
      <CodeView
        label={escapeUntrusted(path)}
        text={preview.text}
        language={preview.language}
        wraps={wraps}
        find={find}
      />
    </>
  )
}
