import { FileX } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import type { RefusedList } from '../../../shared/ipc/requests/refused-requests.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { useLanguage } from '../../texts.ts'
import { Table, type Selected } from '../../ui/data/table.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import layout from '../../ui/layout/layout.module.css'
import { refusedActions } from './refused-actions.ts'
import { refusedColumns, sourceOf } from './refused-columns.tsx'
import { RefusedDetail } from './refused-detail.tsx'
import { useRefusedTexts } from './refused-texts.ts'

/** Files that came and could not be read: kept, told apart from archives by place and mark, and never opened. */
export function RefusedFiles({ list }: { readonly list: RefusedList }): ReactElement {
  const texts = useRefusedTexts()
  const language = useLanguage()
  const { refusals, damaged } = list
  const [selected, setSelected] = useState<Selected>(new Set())
  const columns = useMemo(() => refusedColumns(language), [language])
  const chosen = refusals.find(({ id }) => selected.has(id))
  return (
    <>
      <Notice tone="caution" look="bar">
        {texts.explained}
      </Notice>
      {damaged.length > 0 && (
        <Notice tone="bad" look="bar">
          {texts.damaged(formatCount(damaged.length, language), damaged.length === 1)}{' '}
          {damaged.map(({ folder }) => folder).join(', ')}
        </Notice>
      )}
      <SplitPane
        label={texts.divider}
        defaultSize={62}
        minFirst={320}
        minSecond={320}
        first={
          <div className={layout['column']}>
            <Table
              label={texts.table}
              rows={refusals}
              columns={columns}
              rowId={({ id }) => id}
              rowText={sourceOf}
              selectionMode="single"
              selectedKeys={selected}
              onSelectionChange={setSelected}
              defaultSort={{ column: 'refused', direction: 'descending' }}
              menu={(refusal) => refusedActions(refusal, language)}
              empty={<EmptyState icon={FileX} sentence={texts.none} />}
            />
          </div>
        }
        second={<RefusedDetail refusal={chosen} />}
      />
    </>
  )
}
