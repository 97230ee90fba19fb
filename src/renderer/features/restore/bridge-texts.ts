import { windowBridge as german } from '../../../shared/text/de/window-bridge.ts'
import { windowBridge as english, type WindowBridgeText } from '../../../shared/text/en/window-bridge.ts'
import { useTexts } from '../../texts.ts'

const bridgeTexts = { en: english, de: german }

/** The words of the way to a pair that fits, in the person's language. */
export function useBridgeTexts(): WindowBridgeText {
  return useTexts(bridgeTexts)
}
