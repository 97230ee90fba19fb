import { useRef } from 'react'
import type { ReactElement } from 'react'
import { formatCount } from '../../../shared/text/format.ts'
import { useCompareTexts } from '../../parts/compare-texts.ts'
import { useSlashKey } from '../../slash-key.ts'
import { useLanguage } from '../../texts.ts'
import { Toolbar } from '../../ui/actions/toolbar.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import { Switch } from '../../ui/fields/switch.tsx'
import type { ShownChanges } from './shown-changes.ts'

interface ChangeToolbarProps {
  readonly changes: Omit<ShownChanges<unknown>, 'shown'>
  /** Whether `/` leads to the search; of two on one page only one may take it. */
  readonly takesSlash?: boolean
}

/** Finds a change by name, and shows or hides noise. */
export function ChangeToolbar({ changes, takesSlash = false }: ChangeToolbarProps): ReactElement {
  const texts = useCompareTexts()
  const language = useLanguage()
  const search = useRef<HTMLInputElement>(null)
  const noSearch = useRef<HTMLInputElement>(null)
  useSlashKey(takesSlash ? search : noSearch)
  const { noise, filter, setFilter, showsNoise, setShowsNoise } = changes
  return (
    <Toolbar
      label={texts.filters}
      end={
        <Switch
          label={noise === 0 ? texts.noNoise : texts.noise(formatCount(noise, language))}
          isSelected={showsNoise && noise > 0}
          onChange={setShowsNoise}
          isDisabled={noise === 0}
        />
      }
    >
      <SearchField
        label={texts.filter}
        value={filter}
        onChange={setFilter}
        size="small"
        inputRef={search}
        {...(takesSlash && { keys: '/' })}
      />
    </Toolbar>
  )
}
