import type { ReactElement } from 'react'
import type { DeviceId } from '../../../shared/model/device.ts'
import { useShellTexts } from '../../shell-texts.ts'
import { PageHeader } from '../../ui/layout/page-header.tsx'

/** devices */
export function DevicesView(_props: { readonly deviceId: DeviceId | undefined }): ReactElement {
  const texts = useShellTexts()
  return <PageHeader title={texts.views.devices} />
}
