import type { ReactElement } from 'react'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { useShellTexts } from '../../shell-texts.ts'
import { PageHeader } from '../../ui/layout/page-header.tsx'

interface RestoreViewProps {
  /** What the wizard is filled in with; nothing is ever chosen for the person. */
  readonly archiveId: ArchiveId | undefined
  readonly deviceId: DeviceId | undefined
}

/** The restore of an archive to a device. */
export function RestoreView({ archiveId, deviceId }: RestoreViewProps): ReactElement {
  const texts = useShellTexts()
  return <PageHeader title={texts.views.restore} subtitle={archiveId ?? deviceId} />
}
