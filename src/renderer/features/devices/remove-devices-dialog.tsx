import { useState } from 'react'
import type { ReactElement } from 'react'
import type { Failure } from '../../../shared/failure.ts'
import type { DeviceId } from '../../../shared/model/device.ts'
import { formatCount, formatList } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { useShellTexts } from '../../shell-texts.ts'
import { closeDialog } from '../../stores/dialogs.ts'
import { deviceOf } from '../../stores/devices.ts'
import { unfinishedOn } from '../../stores/jobs.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Dialog } from '../../ui/layout/dialog.tsx'
import { setList } from './device-list.ts'
import styles from './devices.module.css'
import { useDevicesTexts } from './texts.ts'

const namesAtMost = 12

/** Asks before devices leave the list, and says what stays. */
export function RemoveDevicesDialog({
  deviceIds,
}: {
  readonly deviceIds: readonly DeviceId[]
}): ReactElement {
  const { removing: texts } = useDevicesTexts()
  const { cancel } = useShellTexts()
  const language = useLanguage()
  // What is asked about stays as it was, while the devices vanish from the list one after the other.
  const [views] = useState(() => deviceIds.flatMap((id) => deviceOf(id) ?? []))
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const [isPending, setPending] = useState(false)
  const busy = views.filter(({ device }) => unfinishedOn(device.id) !== undefined)
  const [only] = views
  const remove = async (): Promise<void> => {
    setPending(true)
    for (const { device } of views) {
      const result = await request('devices.remove', { id: device.id })
      if (!result.ok && result.failure.code !== 'not-found') {
        setPending(false)
        setFailure(result.failure)
        return
      }
    }
    setList({ selected: new Set() })
    closeDialog()
  }
  return (
    <Dialog
      isOpen
      size="small"
      role="alertdialog"
      title={
        views.length === 1 && only !== undefined
          ? texts.title(only.device.name)
          : texts.titleMany(formatCount(views.length, language))
      }
      onClose={closeDialog}
      actions={
        <>
          <Button label={cancel} onPress={closeDialog} isAutoFocused />
          <Button
            label={texts.remove}
            variant="danger"
            isDisabled={busy.length > 0}
            isPending={isPending}
            onPress={() => void remove()}
          />
        </>
      }
    >
      <div className={styles['step']}>
        <p className={styles['prose']}>
          {views.length === 1 && only !== undefined
            ? texts.stays(formatCount(only.archives, language))
            : texts.staysMany}
        </p>
        {views.length > 1 && (
          <p className={styles['quiet']}>
            {views
              .slice(0, namesAtMost)
              .map(({ device }) => device.name)
              .join(', ')}
            {views.length > namesAtMost && ', …'}
          </p>
        )}
        {busy.length > 0 && (
          <Notice tone="caution">
            {texts.busy(
              formatList(
                busy.map(({ device }) => device.name),
                language,
              ),
            )}
          </Notice>
        )}
        {failure !== undefined && <FailurePanel failure={failure} />}
      </div>
    </Dialog>
  )
}
