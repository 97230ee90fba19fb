import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { wordsIn } from '../../../shared/text/index.ts'
import { useSlashKey } from '../../slash-key.ts'
import { useLanguage } from '../../texts.ts'
import { Toolbar } from '../../ui/actions/toolbar.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import { Select } from '../../ui/fields/select.tsx'
import { deviceFilters, deviceList, familyFilters, setList } from './device-list.ts'
import { useDevicesTexts } from './texts.ts'

/** Search and filters of the list. */
export function DeviceToolbar(): ReactElement {
  const texts = useDevicesTexts()
  const language = useLanguage()
  const words = wordsIn(language)
  const { query, filter, family } = useStore(deviceList)
  const search = useRef<HTMLInputElement>(null)
  useSlashKey(search)
  return (
    <Toolbar label={texts.toolbar}>
      <SearchField
        label={texts.search}
        value={query}
        onChange={(text) => setList({ query: text })}
        keys="/"
        size="small"
        inputRef={search}
      />
      <Select
        label={texts.show}
        labelLook="hidden"
        size="small"
        options={deviceFilters.map((id) => ({ id, label: texts.filters[id] }))}
        value={filter}
        onChange={(chosenFilter) => setList({ filter: chosenFilter })}
      />
      <Select
        label={texts.family}
        labelLook="hidden"
        size="small"
        options={familyFilters.map((id) => ({
          id,
          label: id === 'all' ? texts.allFamilies : words.family[id],
        }))}
        value={family}
        onChange={(chosenFamily) => setList({ family: chosenFamily })}
      />
    </Toolbar>
  )
}
