import { windowDeviceDialogs as germanDialogs } from '../../../shared/text/de/window-device-dialogs.ts'
import { windowDevices as german } from '../../../shared/text/de/window-devices.ts'
import {
  windowDeviceDialogs as englishDialogs,
  type WindowDeviceDialogsText,
} from '../../../shared/text/en/window-device-dialogs.ts'
import { windowDevices as english, type WindowDevicesText } from '../../../shared/text/en/window-devices.ts'
import { useTexts } from '../../texts.ts'

export type DevicesText = WindowDevicesText & WindowDeviceDialogsText

/** The words of this feature. */
export const devicesTexts: { readonly en: DevicesText; readonly de: DevicesText } = {
  en: { ...english, ...englishDialogs },
  de: { ...german, ...germanDialogs },
}

/** The words of this feature in the person's language. */
export function useDevicesTexts(): DevicesText {
  return useTexts(devicesTexts)
}
