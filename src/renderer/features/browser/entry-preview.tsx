import { FileOutput } from 'lucide-react'
import { useMemo } from 'react'
import type { ReactElement } from 'react'
import type { Failure } from '../../../shared/failure.ts'
import type { Preview } from '../../../shared/model/entry.ts'
import type { ArchivePlace } from '../../../shared/model/place.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { ArchivePassword } from '../../parts/archive-password.tsx'
import { useArchivesTexts } from '../../parts/archives-texts.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { usePreviewTexts } from '../../parts/preview-texts.ts'
import { useLanguage } from '../../texts.ts'
import type { SoughtText } from '../../navigation.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { ImageView } from '../../ui/viewers/image-view.tsx'
import layout from '../../ui/layout/layout.module.css'
import { EntryBytes } from './entry-bytes.tsx'
import { EntryText } from './entry-text.tsx'
import { bytesOf } from './use-bytes.ts'
import { usePreview } from './use-preview.ts'

interface EntryPreviewProps {
  readonly place: ArchivePlace
  readonly path: string
  /** A text is shown where this stands in it first. */
  readonly find?: SoughtText | undefined
  readonly onExtract: () => void
}

/** One file of an archive: text, a picture, or bytes; nothing else is ever rendered, whatever it says it is. */
export function EntryPreview({ place, path, find, onExtract }: EntryPreviewProps): ReactElement {
  const { browse: texts } = useArchivesTexts()
  const { preview, isRevealed, reveal, wasWrong, unlock } = usePreview(place, path)
  return (
    <section className={layout['column']} aria-label={escapeUntrusted(path)}>
      <PageHeader
        level={2}
        title={escapeUntrusted(path.slice(path.lastIndexOf('/') + 1))}
        isMono
        subtitle={<Kind preview={preview.phase === 'ready' ? preview.value : undefined} />}
        actions={<Button size="small" label={texts.extract} icon={FileOutput} onPress={onExtract} />}
      />
      {preview.phase === 'loading' && (
        <div className={layout['middle']}>
          <Spinner label={texts.reading} />
        </div>
      )}
      {preview.phase === 'failed' && (
        <div className={layout['page']}>
          <Unread failure={preview.failure} wasWrong={wasWrong} onUnlock={unlock} />
        </div>
      )}
      {preview.phase === 'ready' && (
        <Content
          place={place}
          path={path}
          find={find}
          preview={preview.value}
          isRevealed={isRevealed}
          onReveal={reveal}
        />
      )}
    </section>
  )
}

/** What it is, in a line. */
function Kind({ preview }: { readonly preview: Preview | undefined }): ReactElement | undefined {
  const { browse } = useArchivesTexts()
  const texts = usePreviewTexts()
  const language = useLanguage()
  if (preview === undefined) return undefined
  const size = formatSize(preview.sizeBytes, language)
  switch (preview.kind) {
    case 'text':
      return <>{`${size} · ${browse.textOf(preview.encoding)}`}</>
    case 'image':
      return <>{`${size} · ${texts.image(preview.width, preview.height)}`}</>
    case 'hex':
      return <>{`${size} · ${browse.bytes}`}</>
  }
}

interface UnreadProps {
  readonly failure: Failure
  readonly wasWrong: boolean
  readonly onUnlock: (password: string) => Promise<void>
}

function Unread({ failure, wasWrong, onUnlock }: UnreadProps): ReactElement {
  if (failure.code === 'archive-password') return <ArchivePassword wasWrong={wasWrong} onUnlock={onUnlock} />
  return <FailurePanel failure={failure} />
}

interface ContentProps {
  readonly place: ArchivePlace
  readonly path: string
  readonly find: SoughtText | undefined
  readonly preview: Preview
  readonly isRevealed: boolean
  readonly onReveal: (isRevealed: boolean) => void
}

function Content({ place, path, find, preview, isRevealed, onReveal }: ContentProps): ReactElement {
  switch (preview.kind) {
    case 'text':
      return (
        <EntryText path={path} find={find} preview={preview} isRevealed={isRevealed} onReveal={onReveal} />
      )
    case 'image':
      return <EntryImage path={path} preview={preview} />
    case 'hex':
      return <EntryBytes place={place} path={path} preview={preview} />
  }
}

interface EntryImageProps {
  readonly path: string
  readonly preview: Preview & { readonly kind: 'image' }
}

function EntryImage({ path, preview }: EntryImageProps): ReactElement {
  const texts = usePreviewTexts()
  const { bytesBase64, type } = preview
  const bytes = useMemo(() => bytesOf(bytesBase64), [bytesBase64])
  return <ImageView label={escapeUntrusted(path)} bytes={bytes} type={type} words={texts} />
}
