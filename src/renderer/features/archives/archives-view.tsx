import type { ReactElement } from 'react'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { useShellTexts } from '../../shell-texts.ts'
import { PageHeader } from '../../ui/layout/page-header.tsx'

interface ArchivesViewProps {
  /** The archive to select and to show. */
  readonly archiveId: ArchiveId | undefined
}

/** The vault. */
export function ArchivesView({ archiveId }: ArchivesViewProps): ReactElement {
  const texts = useShellTexts()
  return <PageHeader title={texts.views.archives} subtitle={archiveId} />
}
