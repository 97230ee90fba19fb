import type { ReactElement } from 'react'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { useShellTexts } from '../../shell-texts.ts'
import { PageHeader } from '../../ui/layout/page-header.tsx'

interface BrowseViewProps {
  readonly archiveId: ArchiveId
  /** The folder to open; the archive's root where absent. */
  readonly folder: string | undefined
  /** The entry to preview. */
  readonly entry: string | undefined
}

/** What is inside an archive. */
export function BrowseView({ archiveId }: BrowseViewProps): ReactElement {
  const texts = useShellTexts()
  return <PageHeader title={texts.views.browse} subtitle={archiveId} />
}
