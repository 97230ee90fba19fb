import { ChevronRight } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ArchivePlace } from '../../../shared/model/place.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { go } from '../../navigation.ts'
import { useBrowseTexts } from '../../parts/browse-texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './browser.module.css'

interface InsidePathProps {
  readonly place: ArchivePlace
  /** Name of the stored archive. */
  readonly fileName: string
}

/** The archives around the one that is shown, the outermost first; each leads back to itself. */
export function InsidePath({ place, fileName }: InsidePathProps): ReactElement {
  const texts = useBrowseTexts()
  const { archiveId, inside } = place
  const names = [fileName, ...inside.map(nameOf)]
  return (
    <nav aria-label={texts.way}>
      <ol className={styles['way']}>
        {names.map((name, depth) => (
          <li key={depth}>
            {depth === inside.length ? (
              <span aria-current="page">
                <bdi>{escapeUntrusted(name)}</bdi>
              </span>
            ) : (
              <>
                <Button
                  size="small"
                  variant="quiet"
                  label={escapeUntrusted(name)}
                  onPress={() =>
                    go({
                      view: 'browse',
                      archiveId,
                      ...(depth > 0 && { inside: inside.slice(0, depth) }),
                      entry: inside[depth] ?? '',
                    })
                  }
                />
                <Icon icon={ChevronRight} size={14} />
              </>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
