import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Failure } from '../../../../shared/failure.ts'
import type { Device, DeviceId } from '../../../../shared/model/device.ts'
import type { Scope } from '../../../../shared/model/scope.ts'
import { request } from '../../../api.ts'
import { withLogin } from '../../../login.ts'
import { FailureActions } from '../../../parts/failure-actions.tsx'
import { FailurePanel } from '../../../parts/failure-panel.tsx'
import { useShellTexts } from '../../../shell-texts.ts'
import { closeDialog } from '../../../stores/dialogs.ts'
import { devicesStore } from '../../../stores/devices.ts'
import { loadedFrom, loading, type Loaded } from '../../../stores/loaded.ts'
import { Button } from '../../../ui/actions/button.tsx'
import { Spinner } from '../../../ui/feedback/spinner.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { Dialog } from '../../../ui/layout/dialog.tsx'
import styles from '../devices.module.css'
import { useDevicesTexts } from '../texts.ts'
import { ArchivePassword, isUsable, noPassword } from './archive-password.tsx'
import { ScopePreview } from './scope-preview.tsx'

/** One device: what goes in and what does not, an optional password for its secrets, a note. */
export function BackUpOne({ deviceId }: { readonly deviceId: DeviceId }): ReactElement {
  const device = useStore(devicesStore, ({ byId }) => byId.get(deviceId)?.device)
  const [scope, askAgain] = useScope(deviceId)
  return device === undefined ? <></> : <BackUp device={device} scope={scope} askAgain={askAgain} />
}

/** What can be backed up now. Asks for the password where it is missing; not giving it closes nothing. */
function useScope(deviceId: DeviceId): readonly [Loaded<Scope>, () => void] {
  const [scope, setScope] = useState<Loaded<Scope>>(loading)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let isWanted = true
    const ask = async (): Promise<void> => {
      const result = await withLogin(deviceId, async () => await request('backup.scope', { id: deviceId }))
      if (isWanted) setScope(loadedFrom(result))
    }
    void ask()
    return () => {
      isWanted = false
    }
  }, [deviceId, attempt])
  const askAgain = (): void => {
    setScope(loading)
    setAttempt(attempt + 1)
  }
  return [scope, askAgain]
}

interface BackUpProps {
  readonly device: Device
  readonly scope: Loaded<Scope>
  readonly askAgain: () => void
}

function BackUp({ device, scope, askAgain }: BackUpProps): ReactElement {
  const { backup: texts, adding } = useDevicesTexts()
  const { cancel } = useShellTexts()
  /** The parts taken out; all others go in, also those that appear later. */
  const [without, setWithout] = useState<ReadonlySet<string> | undefined>(undefined)
  const [password, setPassword] = useState(noPassword)
  const [note, setNote] = useState('')
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const [isPending, setPending] = useState(false)
  const parts = scope.phase === 'ready' ? scope.value.parts : []
  const left = without ?? new Set(parts.filter(({ chosen }) => !chosen).map(({ id }) => id))
  const chosen = parts.filter(({ id }) => !left.has(id)).map(({ id }) => id)
  const canStart = chosen.length > 0 && isUsable(password)
  const start = async (): Promise<void> => {
    setPending(true)
    const started = await request('backup.start', {
      id: device.id,
      ...(left.size > 0 && { parts: chosen }),
      ...(password.typed !== '' && { password: password.typed }),
      ...(note.trim() !== '' && { note: note.trim() }),
    })
    setPending(false)
    if (started.ok) closeDialog()
    else setFailure(started.failure)
  }
  return (
    <Dialog
      isOpen
      size="large"
      title={texts.title(device.name)}
      subtitle={device.address}
      onClose={closeDialog}
      onSubmit={() => {
        if (canStart && !isPending) void start()
      }}
      footNote={texts.footNote}
      actions={
        <>
          <Button label={cancel} onPress={closeDialog} />
          <Button
            label={texts.start}
            variant="primary"
            type="submit"
            isDisabled={!canStart}
            isPending={isPending}
          />
        </>
      }
    >
      <div className={styles['step']}>
        {failure !== undefined && <FailurePanel failure={failure} />}
        {scope.phase === 'loading' && (
          <p className={styles['waiting']} role="status">
            <Spinner />
            <span>{texts.asking(device.name)}</span>
          </p>
        )}
        {scope.phase === 'failed' && (
          <FailurePanel
            failure={scope.failure}
            actions={<FailureActions failure={scope.failure} deviceId={device.id} retry={askAgain} />}
          />
        )}
        {scope.phase === 'ready' && (
          <>
            <ScopePreview scope={scope.value} without={left} onChange={setWithout} />
            {scope.value.leftOut.some(({ reason }) => reason === 'secret-without-password') && (
              <ArchivePassword value={password} onChange={setPassword} />
            )}
            <TextField
              label={texts.note}
              labelNote={adding.optional}
              placeholder={texts.notePlaceholder}
              value={note}
              onChange={setNote}
              maxLength={2000}
            />
          </>
        )}
      </div>
    </Dialog>
  )
}
