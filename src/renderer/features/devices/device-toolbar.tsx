import { Download } from 'lucide-react'
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { DeviceView } from '../../../shared/ipc/views.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { useSlashKey } from '../../slash-key.ts'
import { unfinishedOn } from '../../stores/jobs.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { MenuButton } from '../../ui/actions/menu.tsx'
import { Toolbar } from '../../ui/actions/toolbar.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import { Select } from '../../ui/fields/select.tsx'
import { backUp, deviceActions } from './device-actions.ts'
import { deviceFilters, deviceList, familyFilters, setList } from './device-list.ts'
import { useDevicesTexts } from './texts.ts'

/** Search and filters of the list, and what can be done with the selected devices. */
export function DeviceToolbar({ chosen }: { readonly chosen: readonly DeviceView[] }): ReactElement {
  const texts = useDevicesTexts()
  const language = useLanguage()
  const words = wordsIn(language)
  const { query, filter, family } = useStore(deviceList)
  const search = useRef<HTMLInputElement>(null)
  useSlashKey(search)
  const isBusy = chosen.some(({ device }) => unfinishedOn(device.id) !== undefined)
  return (
    <Toolbar
      label={texts.toolbar}
      end={
        chosen.length > 0 && (
          <>
            <Button
              label={
                chosen.length === 1
                  ? texts.actions.backUp
                  : texts.actions.backUpMany(formatCount(chosen.length, language))
              }
              icon={Download}
              size="small"
              isDisabled={chosen.length === 1 && isBusy}
              onPress={() => backUp(chosen)}
            />
            <MenuButton
              label={texts.actions.menu}
              look="dots"
              size="small"
              groups={deviceActions(chosen, language)}
            />
          </>
        )
      }
    >
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
