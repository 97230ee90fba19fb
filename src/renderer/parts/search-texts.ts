import { windowSearch as german } from '../../shared/text/de/window-search.ts'
import { windowSearch as english } from '../../shared/text/en/window-search.ts'

/** The words of the search; the palette offers it, too. */
export const searchTexts = { en: english, de: german }
