import { windowPreview as german } from '../../shared/text/de/window-preview.ts'
import { windowPreview as english, type WindowPreviewText } from '../../shared/text/en/window-preview.ts'
import { useTexts } from '../texts.ts'

const previewTexts = { en: english, de: german }

/** The words of the preview in the person's language. */
export function usePreviewTexts(): WindowPreviewText {
  return useTexts(previewTexts)
}
