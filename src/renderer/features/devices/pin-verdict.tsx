import { OctagonX } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Device } from '../../../shared/model/device.ts'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './devices.module.css'
import { useDevicesTexts } from './texts.ts'

/** The sentence over a fingerprint that is not the accepted one. */
export function PinVerdict({ device }: { readonly device: Device }): ReactElement {
  const { pin: texts } = useDevicesTexts()
  if (device.pin === undefined) return <Notice tone="unknown">{texts.first}</Notice>
  return (
    <div className={styles['stop']} role="alert">
      <Icon icon={OctagonX} size={24} />
      <div>
        <p className={styles['heading']}>{texts.stop(device.name)}</p>
        <p className={styles['prose']}>{texts.stopWhy}</p>
        <p className={styles['quiet']}>{texts.safe}</p>
      </div>
    </div>
  )
}
