import { useTexts } from '../../texts.ts'
import { searchTexts } from '../../parts/search-texts.ts'
import type { WindowSearchText } from '../../../shared/text/en/window-search.ts'

/** The words of this feature in the person's language. */
export function useSearchTexts(): WindowSearchText {
  return useTexts(searchTexts)
}
