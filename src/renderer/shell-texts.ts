import { windowShell as german } from '../shared/text/de/window-shell.ts'
import { windowShell as english, type WindowShellText } from '../shared/text/en/window-shell.ts'
import { useTexts } from './texts.ts'

/** The words of the frame, and those that every view shares. */
export function useShellTexts(): WindowShellText {
  return useTexts(shellTexts)
}

export const shellTexts = { en: english, de: german }
