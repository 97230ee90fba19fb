import { ArrowLeft, FileOutput, FolderOpen, LockKeyhole, RotateCcw } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Failure } from '../../../shared/failure.ts'
import type { OpenedArchive } from '../../../shared/ipc/views.ts'
import type { ArchivePlace } from '../../../shared/model/place.ts'
import type { ArchiveId, ArchiveRecord } from '../../../shared/model/record.ts'
import { formatCount, formatSize, formatTime } from '../../../shared/text/format.ts'
import { amend, go, goBack, type SoughtText } from '../../navigation.ts'
import { ArchivePassword } from '../../parts/archive-password.tsx'
import { useArchivesTexts } from '../../parts/archives-texts.ts'
import { VerdictMark, VerdictNotice } from '../../parts/archive-verdict.tsx'
import { useBrowseTexts } from '../../parts/browse-texts.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { archivesStore } from '../../stores/archives.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { IconButton } from '../../ui/actions/icon-button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './browser.module.css'
import { EntryPreview } from './entry-preview.tsx'
import { EntryTree } from './entry-tree.tsx'
import { InsidePath } from './inside-path.tsx'
import { takeOut } from './take-out.ts'
import { LensTabs } from './lens-tabs.tsx'
import { openingOf, openTree, stopOpening, treeStore } from './tree-store.ts'

interface BrowseViewProps {
  readonly archiveId: ArchiveId
  /** The archives in one another that lead to the one to show; the stored one where absent. */
  readonly inside: readonly string[] | undefined
  /** The file to show beside the tree. */
  readonly entry: string | undefined
  /** What was looked for in that file, when a search led to it. */
  readonly find: SoughtText | undefined
}

const notInside: readonly string[] = []

/** What is inside an archive, or one that lies in it, without the device: tree, preview, taking files out. */
export function BrowseView({ archiveId, inside = notInside, entry, find }: BrowseViewProps): ReactElement {
  const place = useMemo(() => ({ archiveId, inside }), [archiveId, inside])
  const opened = useStore(treeStore, (state) => openingOf(state, place))
  useEffect(() => {
    void openTree(place)
  }, [place])
  const value = opened.phase === 'ready' ? opened.value : undefined
  const isOpaque = value?.container === 'opaque'
  const stored = useStore(archivesStore, ({ byId }) => byId.get(archiveId))
  const origin = inside.length === 0 ? stored?.origin : undefined
  return (
    <section className={layout['column']}>
      <Header place={place} opened={isOpaque ? undefined : value} origin={origin} />
      {value !== undefined && <VerdictNotice verdict={value.verdict} origin={origin} />}
      {opened.phase === 'loading' && <Opening />}
      {opened.phase === 'failed' && <Refused place={place} failure={opened.failure} />}
      {isOpaque && <Opaque />}
      {value !== undefined && !isOpaque && <Inside place={place} entry={entry} find={find} />}
    </section>
  )
}

interface HeaderProps {
  readonly place: ArchivePlace
  /** Absent while nobody can look into it. */
  readonly opened: OpenedArchive | undefined
  /** Where the archive came from, where it is a stored one. */
  readonly origin: ArchiveRecord['origin'] | undefined
}

function Header({ place, opened, origin }: HeaderProps): ReactElement {
  const { browse: texts } = useArchivesTexts()
  const language = useLanguage()
  const { archiveId, inside } = place
  const record = useStore(archivesStore, ({ byId }) => byId.get(archiveId))
  const fileName = record?.fileName ?? archiveId
  const summary =
    opened &&
    texts.entries(
      formatCount(opened.entries, language),
      formatSize(opened.unpackedBytes, language),
      opened.entries === 1,
    )
  const taken = record && `${record.device.name}, ${formatTime(record.takenAt, language).local}`
  return (
    <>
      <PageHeader
        title={fileName}
        isMono
        badge={opened && <VerdictMark verdict={opened.verdict} origin={origin} />}
        subtitle={[taken, summary].filter(Boolean).join(' · ')}
        leading={<IconButton label={texts.back} icon={ArrowLeft} onPress={goBack} />}
        actions={
          <>
            <Button
              label={texts.extractAll}
              icon={FileOutput}
              isDisabled={opened === undefined}
              onPress={() => void takeOut(place)}
            />
            {inside.length === 0 && (
              <Button
                label={texts.restore}
                icon={RotateCcw}
                onPress={() => go({ view: 'restore', archiveId })}
              />
            )}
          </>
        }
      />
      {inside.length > 0 && <InsidePath place={place} fileName={fileName} />}
    </>
  )
}

/** A large archive takes seconds: it can be stopped. */
function Opening(): ReactElement {
  const { browse: texts } = useArchivesTexts()
  const { cancelOpening } = useBrowseTexts()
  return (
    <div className={layout['middle']}>
      <div className={styles['opening']}>
        <Spinner label={texts.opening} size={24} />
        <Button size="small" label={cancelOpening} onPress={() => void stopOpening()} />
      </div>
    </div>
  )
}

interface RefusedProps {
  readonly place: ArchivePlace
  readonly failure: Failure
}

/** Why it was not opened: stopped, encrypted, refused, or its process ended. The bytes are kept in any case. */
function Refused({ place, failure }: RefusedProps): ReactElement {
  const texts = useBrowseTexts()
  const [wasTried, setTried] = useState(false)
  const again = (): void => void openTree(place)
  if (failure.code === 'cancelled') {
    return (
      <div className={layout['middle']}>
        <EmptyState
          icon={FolderOpen}
          sentence={texts.stopped}
          action={<Button label={texts.openAgain} onPress={again} />}
        />
      </div>
    )
  }
  return (
    <div className={layout['page']}>
      {failure.code === 'archive-password' ? (
        <ArchivePassword
          wasWrong={wasTried}
          onUnlock={async (password) => {
            setTried(true)
            await openTree(place, password)
          }}
        />
      ) : (
        <FailurePanel
          failure={failure}
          actions={<Button size="small" label={texts.tryAgain} onPress={again} />}
        />
      )}
    </div>
  )
}

function Opaque(): ReactElement {
  const { browse: texts } = useArchivesTexts()
  return (
    <div className={layout['middle']}>
      <EmptyState icon={LockKeyhole} sentence={texts.opaque} />
    </div>
  )
}

interface InsideProps {
  readonly place: ArchivePlace
  readonly entry: string | undefined
  readonly find: SoughtText | undefined
}

function Inside({ place, entry, find }: InsideProps): ReactElement {
  const { browse: texts } = useArchivesTexts()
  const { archiveId, inside } = place
  const show = (path: string): void =>
    amend({
      view: 'browse',
      archiveId,
      ...(inside.length > 0 && { inside }),
      entry: path,
      // In another file nobody has looked for it.
      ...(path === entry && find !== undefined && { find }),
    })
  return (
    <LensTabs key={[archiveId, ...inside].join('\n')} place={place} onShowEntry={show}>
      <SplitPane
        label={texts.divider}
        defaultSize={44}
        minFirst={300}
        minSecond={320}
        first={<EntryTree place={place} entry={entry} onShow={show} />}
        second={
          entry === undefined ? (
            <div className={layout['middle']}>
              <EmptyState icon={FolderOpen} sentence={texts.choose} />
            </div>
          ) : (
            <EntryPreview
              key={entry}
              place={place}
              path={entry}
              find={find}
              onExtract={() => void takeOut(place, [entry])}
            />
          )
        }
      />
    </LensTabs>
  )
}
