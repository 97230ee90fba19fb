import { windowDevices as german } from '../../../shared/text/de/window-devices.ts'
import { windowDevices as english, type WindowDevicesText } from '../../../shared/text/en/window-devices.ts'
import { useTexts } from '../../texts.ts'

/** The words of this feature. */
export const devicesTexts = { en: english, de: german }

/** The words of this feature in the person's language. */
export function useDevicesTexts(): WindowDevicesText {
  return useTexts(devicesTexts)
}
