import { useMemo } from 'react'
import type { ReactElement } from 'react'
import { hexBytesAtMost, type Preview } from '../../../shared/model/entry.ts'
import { maxNesting, type ArchivePlace } from '../../../shared/model/place.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { usePreviewTexts } from '../../parts/preview-texts.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { HexView } from '../../ui/viewers/hex-view.tsx'
import { goInside } from './entry-menu.ts'
import { bytesOf, useBytes } from './use-bytes.ts'

interface EntryBytesProps {
  readonly place: ArchivePlace
  readonly path: string
  readonly preview: Preview & { readonly kind: 'hex' }
}

/** A file as bytes, and the way into it where it is an archive. */
export function EntryBytes({ place, path, preview }: EntryBytesProps): ReactElement {
  const texts = usePreviewTexts()
  const language = useLanguage()
  const { bytesBase64, sizeBytes, opensAs } = preview
  const first = useMemo(() => bytesOf(bytesBase64), [bytesBase64])
  const { bytesAt, onRangeShown, failure } = useBytes(place, path, first)
  const isTooDeep = place.inside.length >= maxNesting
  return (
    <>
      {opensAs !== undefined && (
        <Notice
          tone="accent"
          look="bar"
          actions={
            !isTooDeep && <Button size="small" label={texts.open} onPress={() => goInside(place, path)} />
          }
        >
          {texts.opensAs[opensAs]} {isTooDeep && texts.tooDeep}
        </Notice>
      )}
      {sizeBytes > hexBytesAtMost && (
        <Notice tone="accent" look="bar">
          {texts.bytesTruncated(formatSize(hexBytesAtMost, language), formatSize(sizeBytes, language))}
        </Notice>
      )}
      {failure !== undefined && (
        <Notice tone="caution" look="bar">
          {texts.bytesUnread}
        </Notice>
      )}
      <HexView
        label={escapeUntrusted(path)}
        length={Math.min(sizeBytes, hexBytesAtMost)}
        bytesAt={bytesAt}
        onRangeShown={onRangeShown}
      />
    </>
  )
}
