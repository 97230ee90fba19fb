import { ArrowLeft, FileOutput, FolderOpen, LockKeyhole, RotateCcw } from 'lucide-react'
import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { formatCount, formatSize, formatTime } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { go, goBack } from '../../navigation.ts'
import { archivesTexts, useArchivesTexts } from '../../parts/archives-texts.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { archivesStore } from '../../stores/archives.ts'
import { messages, showFailure } from '../../stores/messages.ts'
import { settingsStore } from '../../stores/settings.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { IconButton } from '../../ui/actions/icon-button.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import styles from './browser.module.css'
import { EntryPreview } from './entry-preview.tsx'
import { EntryTree } from './entry-tree.tsx'
import { openTree, treeStore } from './tree-store.ts'

interface BrowseViewProps {
  readonly archiveId: ArchiveId
  /** The folder to open; the archive's root where absent. */
  readonly folder: string | undefined
  /** The entry to preview. */
  readonly entry: string | undefined
}

/** What is inside an archive, without the device: tree, preview, taking files out. */
export function BrowseView({ archiveId, entry }: BrowseViewProps): ReactElement {
  const { browse: texts } = useArchivesTexts()
  const language = useLanguage()
  const record = useStore(archivesStore, ({ byId }) => byId.get(archiveId))
  const { opened } = useStore(treeStore)
  useEffect(() => {
    void openTree(archiveId)
  }, [archiveId])
  const value = opened.phase === 'ready' ? opened.value : undefined
  const isOpaque = value?.container === 'opaque'
  const ready = isOpaque ? undefined : value
  const summary =
    ready && texts.entries(formatCount(ready.entries, language), formatSize(ready.unpackedBytes, language))
  const taken = record && `${record.device.name}, ${formatTime(record.takenAt, language).local}`
  return (
    <section className={styles['view']}>
      <PageHeader
        title={record?.fileName ?? archiveId}
        isMono
        subtitle={[taken, summary].filter(Boolean).join(' · ')}
        leading={<IconButton label={texts.back} icon={ArrowLeft} onPress={goBack} />}
        actions={
          <>
            <Button
              label={texts.extractAll}
              icon={FileOutput}
              isDisabled={ready === undefined}
              onPress={() => void extract(archiveId)}
            />
            <Button
              label={texts.restore}
              icon={RotateCcw}
              onPress={() => go({ view: 'restore', archiveId })}
            />
          </>
        }
      />
      {opened.phase === 'loading' && (
        <div className={styles['middle']}>
          <Spinner label={texts.opening} size={24} />
        </div>
      )}
      {opened.phase === 'failed' && (
        <div className={styles['page']}>
          <FailurePanel failure={opened.failure} />
        </div>
      )}
      {isOpaque && (
        <div className={styles['middle']}>
          <EmptyState icon={LockKeyhole} sentence={texts.opaque} />
        </div>
      )}
      {ready !== undefined && (
        <SplitPane
          label={texts.divider}
          defaultSize={44}
          minFirst={300}
          minSecond={320}
          first={
            <EntryTree
              archiveId={archiveId}
              entry={entry}
              onExtract={(path) => void extract(archiveId, path)}
            />
          }
          second={
            entry === undefined ? (
              <div className={styles['middle']}>
                <EmptyState icon={FolderOpen} sentence={texts.choose} />
              </div>
            ) : (
              <EntryPreview
                key={entry}
                archiveId={archiveId}
                path={entry}
                onExtract={() => void extract(archiveId, entry)}
              />
            )
          }
        />
      )}
    </section>
  )
}

/** Takes one entry, or everything, out into an empty folder that the person chooses in main's dialog. */
async function extract(archiveId: ArchiveId, entry?: string): Promise<void> {
  const result = await request('browse.extract', {
    place: { archiveId, inside: [] },
    ...(entry !== undefined && { entries: [entry] }),
  })
  const { language } = settingsStore.getState().settings
  const { browse } = archivesTexts[language]
  if (!result.ok) showFailure(result.failure)
  else if (result.value !== undefined) {
    const { files, skipped, folderName } = result.value
    const left = skipped === 0 ? '' : ` ${browse.skipped(formatCount(skipped, language))}`
    messages.show({
      tone: skipped === 0 ? 'good' : 'caution',
      text: `${browse.extracted(formatCount(files, language), folderName, files === 1)}${left}`,
    })
  }
}
