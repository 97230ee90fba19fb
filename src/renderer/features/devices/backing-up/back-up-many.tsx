import { useState } from 'react'
import type { ReactElement } from 'react'
import type { DeviceView } from '../../../../shared/ipc/views.ts'
import type { DeviceId } from '../../../../shared/model/device.ts'
import { formatCount, formatList } from '../../../../shared/text/format.ts'
import { backUpInTurn } from './back-up-in-turn.ts'
import { useShellTexts } from '../../../shell-texts.ts'
import { closeDialog } from '../../../stores/dialogs.ts'
import { deviceOf } from '../../../stores/devices.ts'
import { unfinishedOn } from '../../../stores/jobs.ts'
import { useLanguage } from '../../../texts.ts'
import { Button } from '../../../ui/actions/button.tsx'
import { Notice } from '../../../ui/feedback/notice.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { Dialog } from '../../../ui/layout/dialog.tsx'
import styles from '../devices.module.css'
import { useDevicesTexts } from '../texts.ts'

const namesAtMost = 20

/** Several devices at once: all parts of each, with one note. */
export function BackUpMany({ deviceIds }: { readonly deviceIds: readonly DeviceId[] }): ReactElement {
  const { backup: texts, adding } = useDevicesTexts()
  const { cancel } = useShellTexts()
  const language = useLanguage()
  const [note, setNote] = useState('')
  const [views] = useState(() => deviceIds.flatMap((id) => deviceOf(id) ?? []))
  const busy = views.filter(isBusy)
  const ready = views.filter((view) => !isBusy(view))
  const withoutPassword = ready.filter(({ credentials }) => credentials === 'none')
  const countOf = (list: readonly DeviceView[]): string =>
    list.length === 1 ? texts.oneDevice : texts.someDevices(formatCount(list.length, language))
  const start = (): void => {
    closeDialog()
    void backUpInTurn(
      ready.map(({ device }) => device.id),
      note.trim(),
    )
  }
  return (
    <Dialog
      isOpen
      title={texts.titleMany(formatCount(views.length, language))}
      onClose={closeDialog}
      onSubmit={() => {
        if (ready.length > 0) start()
      }}
      footNote={texts.footNote}
      actions={
        <>
          <Button label={cancel} onPress={closeDialog} />
          <Button
            label={texts.startMany(formatCount(ready.length, language))}
            variant="primary"
            type="submit"
            isDisabled={ready.length === 0}
          />
        </>
      }
    >
      <div className={styles['step']}>
        <p className={styles['prose']}>{texts.whole}</p>
        <p className={styles['quiet']}>
          {formatList(
            ready.slice(0, namesAtMost).map(({ device }) => device.name),
            language,
          )}
          {ready.length > namesAtMost && ', …'}
        </p>
        {withoutPassword.length > 0 && (
          <Notice tone="accent">{texts.willAsk(countOf(withoutPassword))}</Notice>
        )}
        {busy.length > 0 && (
          <Notice tone="caution">
            {texts.willSkipBusy(
              formatList(
                busy.slice(0, namesAtMost).map(({ device }) => device.name),
                language,
              ),
            )}
          </Notice>
        )}
        <TextField
          label={texts.note}
          labelNote={adding.optional}
          placeholder={texts.notePlaceholder}
          value={note}
          onChange={setNote}
          maxLength={2000}
          isAutoFocused
        />
      </div>
    </Dialog>
  )
}

function isBusy({ device }: DeviceView): boolean {
  return unfinishedOn(device.id) !== undefined
}
