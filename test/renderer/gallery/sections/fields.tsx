import { useState } from 'react'
import type { ReactElement } from 'react'
import { Checkbox } from '../../../../src/renderer/ui/fields/checkbox.tsx'
import { NumberField } from '../../../../src/renderer/ui/fields/number-field.tsx'
import { PasswordField } from '../../../../src/renderer/ui/fields/password-field.tsx'
import { RadioGroup } from '../../../../src/renderer/ui/fields/radio-group.tsx'
import { SearchField } from '../../../../src/renderer/ui/fields/search-field.tsx'
import { Select } from '../../../../src/renderer/ui/fields/select.tsx'
import { Switch } from '../../../../src/renderer/ui/fields/switch.tsx'
import { TextField } from '../../../../src/renderer/ui/fields/text-field.tsx'
import { Panel } from '../../../../src/renderer/ui/layout/panel.tsx'
import styles from '../gallery.module.css'

/** Every field, filled, empty, wrong, disabled. */
export function Fields(): ReactElement {
  const [text, setText] = useState('PRESS-7')
  const [address, setAddress] = useState('192.168.1.1')
  const [secret, setSecret] = useState('correct horse')
  const [port, setPort] = useState(22)
  const [family, setFamily] = useState<'ctrlx' | 'linux' | undefined>(undefined)
  const [mode, setMode] = useState<'merge' | 'replace' | undefined>('merge')
  const [query, setQuery] = useState('')
  const [isOn, setOn] = useState(true)
  return (
    <div className={styles['stack']}>
      <div className={styles['columns']}>
        <Panel title="Text">
          <div className={styles['stack']} style={{ padding: 0 }}>
            <TextField
              label="Name"
              value={text}
              onChange={setText}
              description="You type it to confirm a restore."
            />
            <TextField
              label="Address"
              value={address}
              onChange={setAddress}
              isMono
              error="192.168.1.1 belongs to another device (PRESS-6). Give each device its own address."
            />
            <TextField
              label="Tags"
              labelNote="optional"
              value=""
              onChange={setText}
              placeholder="hall-3, spare"
            />
            <TextField label="Serial number" value="7260404920710" onChange={setText} isMono isReadOnly />
            <TextField label="Disabled" value="Not now" onChange={setText} isDisabled />
            <TextField
              label="Note"
              value=""
              onChange={setText}
              rows={3}
              placeholder="What was changed, and why"
            />
          </div>
        </Panel>
        <Panel title="Secrets, numbers, choices">
          <div className={styles['stack']} style={{ padding: 0 }}>
            <PasswordField
              label="Password"
              value={secret}
              onChange={setSecret}
              description="Goes to the keychain of this computer, and from there to PRESS-7 only."
            />
            <NumberField label="Port" value={port} onChange={setPort} min={1} max={65535} grouping="plain" />
            <Select
              label="Family"
              options={[
                { id: 'ctrlx', label: 'ctrlX CORE', description: 'X3, X5, X7 and virtual' },
                { id: 'linux', label: 'Linux host', description: 'Any controller with SSH' },
              ]}
              value={family}
              onChange={setFamily}
              placeholder="Choose a family"
            />
            <SearchField label="Search devices" value={query} onChange={setQuery} keys="/" />
            <SearchField label="Search" value="press" onChange={setQuery} size="small" />
          </div>
        </Panel>
        <Panel title="Yes, no, one of">
          <div className={styles['stack']} style={{ padding: 0 }}>
            <div>
              <Checkbox label="Application data" isSelected={isOn} onChange={setOn} />
              <Checkbox
                label="Licences"
                isSelected={false}
                onChange={setOn}
                isDisabled
                description="Licences stay with their device."
              />
              <Checkbox label="All apps" isSelected={false} isIndeterminate onChange={setOn} />
            </div>
            <RadioGroup
              label="What happens to files the archive does not hold"
              options={[
                {
                  id: 'merge',
                  label: 'Keep them',
                  description: 'Files of the archive replace those of the device.',
                },
                {
                  id: 'replace',
                  label: 'Remove them',
                  description: 'Afterwards the device holds exactly what the archive holds.',
                },
              ]}
              value={mode}
              onChange={setMode}
            />
            <div>
              <Switch label="Verify after every backup" isSelected={isOn} onChange={setOn} />
              <Switch
                label="Reduced motion"
                isSelected={!isOn}
                onChange={(on) => setOn(!on)}
                description="Follows the operating system until you choose."
              />
              <Switch label="Disabled" isSelected onChange={setOn} isDisabled />
            </div>
          </div>
        </Panel>
      </div>
    </div>
  )
}
