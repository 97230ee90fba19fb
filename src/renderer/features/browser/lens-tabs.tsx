import { useCallback, useEffect, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { lensGroupOf, lensGroups, type Lens } from '../../../shared/model/lens.ts'
import type { ArchivePlace } from '../../../shared/model/place.ts'
import { lensTextIn } from '../../../shared/text/lens-text.ts'
import { request } from '../../api.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'
import { showFailure } from '../../stores/messages.ts'
import { useLanguage, useTexts } from '../../texts.ts'
import { Tabs, type TabItem } from '../../ui/layout/tabs.tsx'
import { secretKey, type LensRow, type Revealed } from './lens-rows.ts'
import { lensTexts } from './lens-table.tsx'
import { LensView } from './lens-view.tsx'
import styles from './lens.module.css'

interface LensTabsProps {
  readonly place: ArchivePlace
  /** Leads to an entry among the files. */
  readonly onShowEntry: (path: string) => void
  /** The tree of files. */
  readonly children: ReactNode
}

const files = 'files'

/**
 * The files of an archive, and beside them what its family reads out of them. The tab of the files is there from the
 * beginning: a person may type above them already when the others arrive.
 */
export function LensTabs({ place, onShowEntry, children }: LensTabsProps): ReactElement {
  const texts = useTexts(lensTexts)
  const language = useLanguage()
  const lenses = useLenses(place)
  const [revealed, reveal] = useRevealed(place)
  const [tab, setTab] = useState(files)
  const groups = groupsOf(lenses.phase === 'ready' ? lenses.value : [])
  const words = lensTextIn(language).groups
  const showEntry = (path: string): void => {
    setTab(files)
    onShowEntry(path)
  }
  const items: readonly TabItem[] = [
    { id: files, label: texts.files, content: children },
    ...groups.map(({ group, held }) => ({
      id: group,
      label: words[group],
      content: (
        <LensView lenses={held} revealed={revealed} onReveal={reveal} onShowEntry={showEntry} key={group} />
      ),
    })),
    ...(lenses.phase === 'failed'
      ? [
          {
            id: 'overview',
            label: words.overview,
            content: (
              <div className={styles['failed']}>
                <FailurePanel failure={lenses.failure} />
              </div>
            ),
          },
        ]
      : []),
  ]
  const selected = items.some(({ id }) => id === tab) ? tab : files
  return <Tabs label={texts.tabs} items={items} selected={selected} onSelect={setTab} padding="flush" />
}

function groupsOf(lenses: readonly Lens[]) {
  return lensGroups
    .map((group) => ({ group, held: lenses.filter(({ id }) => lensGroupOf[id] === group) }))
    .filter(({ held }) => held.length > 0)
}

function useLenses(place: ArchivePlace): Loaded<readonly Lens[]> {
  const [lenses, setLenses] = useState<Loaded<readonly Lens[]>>(loading)
  useEffect(() => {
    let isWanted = true
    void request('browse.lenses', { place }).then((result) => {
      if (isWanted) setLenses(loadedFrom(result))
    })
    return () => {
      isWanted = false
    }
  }, [place])
  return lenses
}

/** Secrets are asked for one by one, and are forgotten when the archive is left. */
function useRevealed(
  place: ArchivePlace,
): readonly [Revealed, (lens: Lens, row: LensRow, columns: readonly number[]) => void] {
  const [revealed, setRevealed] = useState<Revealed>(new Map())
  const reveal = useCallback(
    (lens: Lens, { index }: LensRow, columns: readonly number[]) => {
      for (const column of columns) {
        void request('browse.reveal', { place, lens: lens.id, row: index, column }).then((result) => {
          if (!result.ok) showFailure(result.failure)
          else setRevealed((known) => new Map(known).set(secretKey(lens.id, index, column), result.value))
        })
      }
    },
    [place],
  )
  return [revealed, reveal]
}
