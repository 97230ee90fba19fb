import type { ReactElement } from 'react'
import { deviceRoles, type DeviceRole } from '../../../../shared/model/device.ts'
import { wordsIn } from '../../../../shared/text/index.ts'
import { useProofTexts } from '../../../parts/proof.ts'
import { useLanguage } from '../../../texts.ts'
import { Select } from '../../../ui/fields/select.tsx'

interface RoleFieldProps {
  readonly role: DeviceRole
  readonly onChange: (role: DeviceRole) => void
}

/** What a device is for: only on one that nobody needs now a restore may be a drill. */
export function RoleField({ role, onChange }: RoleFieldProps): ReactElement {
  const texts = useProofTexts()
  const words = wordsIn(useLanguage())
  return (
    <Select
      label={texts.role}
      description={texts.roleDescription}
      options={deviceRoles.map((id) => ({ id, label: words.role[id] }))}
      value={role}
      onChange={onChange}
    />
  )
}
