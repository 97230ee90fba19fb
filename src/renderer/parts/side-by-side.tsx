import type { ReactElement } from 'react'
import type { Preview } from '../../shared/model/entry.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { formatSize } from '../../shared/text/format.ts'
import { useLanguage } from '../texts.ts'
import { Notice } from '../ui/feedback/notice.tsx'
import type { CodeLanguage } from '../ui/viewers/code-mirror.ts'
import { DiffView } from '../ui/viewers/diff-view.tsx'
import layout from '../ui/layout/layout.module.css'

interface SideBySideProps {
  /** The file in its archive, as the archive names it. */
  readonly path: string
  /** Absent where the file is not in that archive. */
  readonly before: Preview | undefined
  readonly after: Preview | undefined
  readonly labels: readonly [string, string]
  /** Stands above the two texts. */
  readonly note?: string | undefined
  /** Stands in their place where a side is no text. */
  readonly notText: string
  /** Says that only so much was read of a side. */
  readonly truncated: (size: string) => string
}

/** Two states of a file, text beside text; one that is absent is an empty text. */
export function SideBySide(props: SideBySideProps): ReactElement {
  const { path, before, after, labels, note, notText, truncated } = props
  const language = useLanguage()
  if (!isTextOrAbsent(before) || !isTextOrAbsent(after)) {
    return (
      <div className={layout['page']}>
        <Notice tone="accent">{notText}</Notice>
      </div>
    )
  }
  const cut = [before, after].find((side) => side?.truncated === true)
  return (
    <div className={layout['column']}>
      {note !== undefined && (
        <Notice tone="accent" look="bar">
          {note}
        </Notice>
      )}
      {cut !== undefined && (
        <Notice tone="caution" look="bar">
          {truncated(formatSize(cut.text.length, language))}
        </Notice>
      )}
      <DiffView
        label={escapeUntrusted(path)}
        before={before?.text ?? ''}
        after={after?.text ?? ''}
        beforeLabel={labels[0]}
        afterLabel={labels[1]}
        language={codeLanguage(after ?? before)}
      />
    </div>
  )
}

type TextPreview = Preview & { readonly kind: 'text' }

function isTextOrAbsent(preview: Preview | undefined): preview is TextPreview | undefined {
  return preview === undefined || preview.kind === 'text'
}

/** The languages that the two sides are coloured in. */
function codeLanguage(preview: TextPreview | undefined): CodeLanguage {
  return preview?.language === 'json' || preview?.language === 'xml' ? preview.language : 'plain'
}
