import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Failure } from '../../../shared/failure.ts'
import type { Device, DeviceFacts, DeviceId } from '../../../shared/model/device.ts'
import { familyLogins } from '../../../shared/model/family-login.ts'
import { request } from '../../api.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { useShellTexts } from '../../shell-texts.ts'
import { closeDialog } from '../../stores/dialogs.ts'
import { applyDevice, devicesStore } from '../../stores/devices.ts'
import { Button } from '../../ui/actions/button.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { Dialog } from '../../ui/layout/dialog.tsx'
import { checkName, givenFacts } from './adding/device-form.ts'
import { FactFields } from './adding/fact-fields.tsx'
import { familyForms } from './adding/family-forms.ts'
import { RoleField } from './adding/role-field.tsx'
import styles from './devices.module.css'
import { factLines } from './fact-lines.ts'
import { useDevicesTexts } from './texts.ts'

/** Changes what a person said about a device: name, user, tags, and the family's facts. */
export function EditDeviceDialog({ deviceId }: { readonly deviceId: DeviceId }): ReactElement {
  const device = useStore(devicesStore, ({ byId }) => byId.get(deviceId)?.device)
  return device === undefined ? <></> : <EditDevice device={device} />
}

function EditDevice({ device }: { readonly device: Device }): ReactElement {
  const { adding, editing } = useDevicesTexts()
  const { cancel } = useShellTexts()
  const [form, setForm] = useState(() => ({
    name: device.name,
    user: device.user,
    tags: device.tags.join(', '),
    facts: linesOf(device),
    role: device.role,
  }))
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const [isPending, setPending] = useState(false)
  const nameError = useNameError(form.name, device)
  const save = async (): Promise<void> => {
    setPending(true)
    const result = await request('devices.change', {
      id: device.id,
      name: form.name.trim(),
      user: form.user.trim(),
      tags: tagsOf(form.tags),
      role: form.role,
      facts: { ...factsBeyondForm(device), ...givenFacts(device.family, form.facts) },
    })
    setPending(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    applyDevice(result.value)
    closeDialog()
  }
  return (
    <Dialog
      isOpen
      title={editing.title(device.name)}
      subtitle={device.address}
      onClose={closeDialog}
      onSubmit={() => {
        if (nameError === undefined && !isPending) void save()
      }}
      footNote={editing.addressNote}
      actions={
        <>
          <Button label={cancel} onPress={closeDialog} />
          <Button
            label={editing.save}
            variant="primary"
            type="submit"
            isDisabled={nameError !== undefined}
            isPending={isPending}
          />
        </>
      }
    >
      <div className={styles['step']}>
        {failure !== undefined && <FailurePanel failure={failure} />}
        <TextField
          label={adding.name}
          description={adding.nameDescription}
          value={form.name}
          onChange={(name) => setForm({ ...form, name })}
          error={nameError}
          maxLength={80}
          isAutoFocused
        />
        {familyLogins[device.family] !== 'none' && (
          <TextField
            label={adding.user}
            value={form.user}
            onChange={(user) => setForm({ ...form, user })}
            maxLength={200}
            isMono
          />
        )}
        <TextField
          label={editing.tags}
          labelNote={adding.optional}
          description={editing.tagsDescription}
          value={form.tags}
          onChange={(tags) => setForm({ ...form, tags })}
          maxLength={1000}
        />
        <RoleField role={form.role} onChange={(role) => setForm({ ...form, role })} />
        <FactFields
          family={device.family}
          facts={form.facts}
          onChange={(facts) => setForm({ ...form, facts })}
        />
      </div>
    </Dialog>
  )
}

function useNameError(name: string, device: Device): string | undefined {
  const { adding } = useDevicesTexts()
  const byId = useStore(devicesStore, (state) => state.byId)
  const others = [...byId.values()].flatMap((view) => (view.device.id === device.id ? [] : [view.device]))
  return checkName(name, others, adding.errors)
}

const longestTag = 60

function tagsOf(text: string): readonly string[] {
  const tags = text.split(',').map((tag) => tag.trim().slice(0, longestTag))
  return [...new Set(tags.filter((tag) => tag !== ''))]
}

function linesOf({ family, facts }: Device): DeviceFacts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, factLines(family, name, value)]),
  )
}

/** What the form does not ask for, such as a folder that was chosen in a dialog, stays. */
function factsBeyondForm({ family, facts }: Device): DeviceFacts {
  const asked = new Set(familyForms[family].facts.map(({ name }) => name))
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !asked.has(name)))
}
