import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { useSlashKey } from '../../slash-key.ts'
import { searchStore, setSearch, startSearch } from '../../stores/search.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Checkbox } from '../../ui/fields/checkbox.tsx'
import { SearchField } from '../../ui/fields/search-field.tsx'
import { Select } from '../../ui/fields/select.tsx'
import { scopeKey, scopeOf, useScopes } from './scopes.ts'
import styles from './search.module.css'
import { useSearchTexts } from './texts.ts'

const longestText = 200

/** What is looked for, and where. Enter begins. */
export function SearchForm({ archiveId }: { readonly archiveId: ArchiveId | undefined }): ReactElement {
  const texts = useSearchTexts()
  const field = useRef<HTMLInputElement>(null)
  const { query, scope } = useStore(searchStore)
  const scopes = useScopes(archiveId, scope)
  useSlashKey(field)
  return (
    <div className={styles['form']} role="group" aria-label={texts.toolbar}>
      <div className={styles['text']}>
        <SearchField
          label={texts.field}
          value={query.text}
          onChange={(text) => setSearch({ query: { ...query, text: text.slice(0, longestText) } })}
          onSubmit={() => void startSearch()}
          keys="/"
          isAutoFocused
          inputRef={field}
        />
      </div>
      <Select
        label={texts.where}
        labelLook="hidden"
        options={(['contents', 'names'] as const).map((id) => ({ id, label: texts.in[id] }))}
        value={query.in}
        onChange={(where) => setSearch({ query: { ...query, in: where } })}
      />
      <div className={styles['scope']}>
        <Select
          label={texts.scope}
          labelLook="hidden"
          options={scopes}
          value={scopeKey(scope)}
          onChange={(key) => setSearch({ scope: scopeOf(key) })}
        />
      </div>
      <Checkbox
        label={texts.matchCase}
        isSelected={query.matchCase}
        onChange={(matchCase) => setSearch({ query: { ...query, matchCase } })}
      />
      <Button
        label={texts.start}
        variant="primary"
        isDisabled={query.text === ''}
        onPress={() => void startSearch()}
      />
    </div>
  )
}
