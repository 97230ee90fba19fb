import type { ReactElement } from 'react'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { useShellTexts } from '../../shell-texts.ts'
import { PageHeader } from '../../ui/layout/page-header.tsx'

interface CompareViewProps {
  readonly before: ArchiveId
  readonly after: ArchiveId
}

/** Two archives side by side. */
export function CompareView({ before, after }: CompareViewProps): ReactElement {
  const texts = useShellTexts()
  return <PageHeader title={texts.views.compare} subtitle={`${before} – ${after}`} />
}
