import { useEffect } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { failureText } from '../../../shared/text/index.ts'
import { refusedStore } from '../../stores/refused.ts'
import { useLanguage } from '../../texts.ts'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Tabs } from '../../ui/layout/tabs.tsx'
import { archiveList, showTab } from './archive-list.ts'
import { RefusedFiles } from './refused-files.tsx'
import { useRefusedTexts } from './refused-texts.ts'

interface VaultTabsProps {
  readonly archives: ReactNode
  /** The archive that the place names: then the archives are shown. */
  readonly archiveId: ArchiveId | undefined
}

/** The archives, and beside them the refused files where there are any. */
export function VaultTabs({ archives, archiveId }: VaultTabsProps): ReactElement {
  const texts = useRefusedTexts()
  const language = useLanguage()
  const refused = useStore(refusedStore, (state) => state.refused)
  const tab = useStore(archiveList, (state) => state.tab)
  useEffect(() => {
    if (archiveId !== undefined) showTab('archives')
  }, [archiveId])
  if (refused.phase === 'failed') {
    return (
      <>
        <Notice tone="bad" look="bar">
          {texts.unlisted} {escapeUntrusted(failureText(refused.failure, language).cause)}
        </Notice>
        {archives}
      </>
    )
  }
  const count = refused.phase === 'ready' ? refused.value.refusals.length + refused.value.damaged.length : 0
  if (refused.phase === 'loading' || (count === 0 && tab === 'archives')) return <>{archives}</>
  return (
    <Tabs
      label={texts.tabs}
      padding="flush"
      selected={tab}
      onSelect={(id) => showTab(id === 'refused' ? 'refused' : 'archives')}
      items={[
        { id: 'archives', label: texts.archives, content: archives },
        {
          id: 'refused',
          label: texts.title,
          note: formatCount(count, language),
          content: <RefusedFiles list={refused.value} />,
        },
      ]}
    />
  )
}
