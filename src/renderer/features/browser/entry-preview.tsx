import { FileOutput } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import type { Preview } from '../../../shared/model/entry.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { useArchivesTexts } from '../../parts/archives-texts.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { CodeView } from '../../ui/viewers/code-view.tsx'
import { HexView } from '../../ui/viewers/hex-view.tsx'
import styles from './browser.module.css'

interface EntryPreviewProps {
  readonly archiveId: ArchiveId
  readonly path: string
  readonly onExtract: () => void
}

/** One file of an archive, as text or as bytes; never rendered, whatever it says it is. */
export function EntryPreview({ archiveId, path, onExtract }: EntryPreviewProps): ReactElement {
  const { browse: texts } = useArchivesTexts()
  const language = useLanguage()
  const preview = usePreview(archiveId, path)
  const ready = preview.phase === 'ready' ? preview.value : undefined
  return (
    <section className={styles['preview']} aria-label={escapeUntrusted(path)}>
      <PageHeader
        level={2}
        title={escapeUntrusted(path.slice(path.lastIndexOf('/') + 1))}
        isMono
        subtitle={
          ready &&
          `${formatSize(ready.sizeBytes, language)} · ${ready.kind === 'text' ? texts.textOf(ready.encoding) : texts.bytes}`
        }
        actions={<Button size="small" label={texts.extract} icon={FileOutput} onPress={onExtract} />}
      />
      {preview.phase === 'loading' && (
        <div className={styles['middle']}>
          <Spinner label={texts.reading} />
        </div>
      )}
      {preview.phase === 'failed' && (
        <div className={styles['page']}>
          <FailurePanel failure={preview.failure} />
        </div>
      )}
      {ready !== undefined && <Content path={path} preview={ready} />}
    </section>
  )
}

function Content({ path, preview }: { readonly path: string; readonly preview: Preview }): ReactElement {
  const { browse: texts } = useArchivesTexts()
  const language = useLanguage()
  const bytes = useMemo(
    () =>
      preview.kind === 'hex'
        ? Uint8Array.from(atob(preview.bytesBase64), (character) => character.charCodeAt(0))
        : undefined,
    [preview],
  )
  const shownBytes = bytes?.length ?? (preview.kind === 'text' ? preview.text.length : 0)
  return (
    <>
      {preview.truncated && (
        <Notice tone="accent" look="bar">
          {texts.truncated(formatSize(shownBytes, language), formatSize(preview.sizeBytes, language))}
        </Notice>
      )}
      {preview.kind === 'text' ? (
        <CodeView label={escapeUntrusted(path)} text={preview.text} language={preview.language} wraps />
      ) : (
        <HexView
          label={escapeUntrusted(path)}
          length={shownBytes}
          bytesAt={(offset, length) => bytes?.subarray(offset, offset + length)}
        />
      )}
    </>
  )
}

function usePreview(archiveId: ArchiveId, entry: string): Loaded<Preview> {
  const [preview, setPreview] = useState<Loaded<Preview>>(loading)
  useEffect(() => {
    let isWanted = true
    void request('browse.preview', { archiveId, entry }).then((result) => {
      if (isWanted) setPreview(loadedFrom(result))
    })
    return () => {
      isWanted = false
    }
  }, [archiveId, entry])
  return preview
}
