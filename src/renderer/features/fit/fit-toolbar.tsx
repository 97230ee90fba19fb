import { useRef } from 'react'
import type { ReactElement } from 'react'
import { familyIds, type FamilyId } from '../../../shared/model/family-id.ts'
import type { FitFilter } from '../../../shared/model/fit-filter.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { useSlashKey } from '../../slash-key.ts'
import { useLanguage } from '../../texts.ts'
import { Toolbar } from '../../ui/actions/toolbar.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import { Select } from '../../ui/fields/select.tsx'
import { Switch } from '../../ui/fields/switch.tsx'
import { changeFilter } from './fit-state.ts'
import { useFitTexts } from './texts.ts'

/** Which archives and devices are shown. */
export function FitToolbar({ filter }: { readonly filter: FitFilter }): ReactElement {
  const texts = useFitTexts()
  const { family: familyWords } = wordsIn(useLanguage())
  const search = useRef<HTMLInputElement>(null)
  useSlashKey(search)
  const families = familyIds.map((id) => ({ id, label: familyWords[id] }))
  return (
    <Toolbar
      label={texts.filters}
      end={
        <Switch
          label={texts.newestOnly}
          isSelected={filter.newestOnly}
          onChange={(newestOnly) => changeFilter({ newestOnly })}
        />
      }
    >
      <SearchField
        label={texts.archiveDevice}
        value={filter.archiveDevice}
        onChange={(archiveDevice) => changeFilter({ archiveDevice })}
        keys="/"
        size="small"
        inputRef={search}
      />
      <SearchField
        label={texts.device}
        value={filter.device}
        onChange={(device) => changeFilter({ device })}
        size="small"
      />
      <Select<FamilyId | 'all'>
        label={texts.family}
        labelLook="hidden"
        size="small"
        options={[{ id: 'all', label: texts.allFamilies }, ...families]}
        value={filter.family ?? 'all'}
        onChange={(family) => changeFilter({ family: family === 'all' ? undefined : family })}
      />
    </Toolbar>
  )
}
