import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceId } from '../../../../shared/model/device.ts'
import { go } from '../../../navigation.ts'
import { closeDialog, openDialog } from '../../../stores/dialogs.ts'
import { devicesStore } from '../../../stores/devices.ts'
import { useLanguage } from '../../../texts.ts'
import { Button } from '../../../ui/actions/button.tsx'
import { FactList } from '../../../ui/data/fact-list.tsx'
import { importBackupOf, makesItsBackups } from '../device-actions.ts'
import { identityFacts } from '../device-overview.tsx'
import styles from '../devices.module.css'
import { useDevicesTexts } from '../texts.ts'

/** What the device said it is, and the next step. */
export function DoneBody({ deviceId }: { readonly deviceId: DeviceId }): ReactElement {
  const { adding: texts } = useDevicesTexts()
  const language = useLanguage()
  const device = useStore(devicesStore, ({ byId }) => byId.get(deviceId)?.device)
  if (device === undefined) return <></>
  return (
    <>
      <div>
        <h3 className={styles['heading']}>{texts.doneTitle(device.name)}</h3>
        <p className={styles['prose']}>
          {makesItsBackups(device.family) ? texts.doneNextImport : texts.doneNext}
        </p>
      </div>
      {device.identity !== undefined && <FactList facts={identityFacts(device.identity, language)} />}
    </>
  )
}

export function DoneActions({ deviceId }: { readonly deviceId: DeviceId }): ReactElement {
  const { adding: texts, actions } = useDevicesTexts()
  const isImported = useStore(devicesStore, ({ byId }) => {
    const family = byId.get(deviceId)?.device.family
    return family !== undefined && makesItsBackups(family)
  })
  const show = (): void => go({ view: 'devices', deviceId })
  return (
    <>
      <Button
        label={texts.close}
        onPress={() => {
          closeDialog()
          show()
        }}
      />
      {isImported ? (
        <Button
          label={actions.importFile}
          variant="primary"
          isAutoFocused
          onPress={() => {
            closeDialog()
            show()
            void importBackupOf(deviceId)
          }}
        />
      ) : (
        <Button
          label={texts.backUpNow}
          variant="primary"
          isAutoFocused
          onPress={() => {
            show()
            openDialog({ kind: 'back-up', deviceIds: [deviceId] })
          }}
        />
      )}
    </>
  )
}
