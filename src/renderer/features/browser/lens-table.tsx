import { ClipboardCopy, Eye, FileSearch } from 'lucide-react'
import { useMemo } from 'react'
import type { ReactElement } from 'react'
import type { Lens } from '../../../shared/model/lens.ts'
import { lensTextIn } from '../../../shared/text/lens-text.ts'
import { windowLens as german } from '../../../shared/text/de/window-lens.ts'
import { windowLens as english } from '../../../shared/text/en/window-lens.ts'
import { useLanguage, useTexts } from '../../texts.ts'
import { IconButton } from '../../ui/actions/icon-button.tsx'
import type { MenuGroups } from '../../ui/actions/menu.tsx'
import { Table, type Column } from '../../ui/data/table.tsx'
import { useUi } from '../../ui/ui-provider.tsx'
import { coveredIn, entryOf, roomOf, shownText, type LensRow, type Revealed } from './lens-rows.ts'
import styles from './lens.module.css'

/** The words around the tables; those in them are `lensTextIn`. */
export const lensTexts = { en: english, de: german }

const rowHeight = 32
const rowsInSight = 20
/** A table that is wider than any window of usual size has a bar to scroll with below its rows. */
const widthOfWindow = 980
const scrollBar = 14

export interface LensTableProps {
  readonly lens: Lens
  readonly rows: readonly LensRow[]
  readonly revealed: Revealed
  readonly onReveal: (lens: Lens, row: LensRow, columns: readonly number[]) => void
  /** Leads to an entry among the files. */
  readonly onShowEntry: (path: string) => void
  /** Takes all the height there is, where nothing stands below it. */
  readonly isAlone: boolean
}

/** One table: Enter leads to the row's file, or shows what is covered in it; the menu copies. */
export function LensTable({
  lens,
  rows,
  revealed,
  onReveal,
  onShowEntry,
  isAlone,
}: LensTableProps): ReactElement {
  const language = useLanguage()
  const texts = useTexts(lensTexts)
  const { copyText } = useUi()
  const words = lensTextIn(language)
  const columns = useMemo(
    () => columnsOf(lens, { language, revealed, onReveal }),
    [lens, language, revealed, onReveal],
  )
  const text = (row: LensRow, column: number): string | undefined =>
    shownText(lens, row, column, { language, revealed })
  const menu = (row: LensRow): MenuGroups => {
    const [entry, covered] = [entryOf(lens, row), coveredIn(lens, row, revealed)]
    const named = lens.columns.flatMap(({ id }, at) => {
      const shown = text(row, at)
      return shown === undefined ? [] : [{ id, label: words.columns[id], shown }]
    })
    return [
      entry === undefined
        ? []
        : [
            {
              id: 'entry',
              label: texts.openFile,
              icon: FileSearch,
              onAction: () => onShowEntry(entry),
            },
          ],
      covered.length === 0
        ? []
        : [
            {
              id: 'reveal',
              label: texts.showSecrets,
              icon: Eye,
              onAction: () => onReveal(lens, row, covered),
            },
          ],
      [
        {
          id: 'copy',
          label: texts.copyRow,
          icon: ClipboardCopy,
          onAction: () => void copyText(named.map(({ shown }) => shown).join('\t')),
        },
        ...named.map(({ id, label, shown }) => ({
          id: `copy-${id}`,
          label: texts.copyCell(label),
          onAction: () => void copyText(shown),
        })),
      ],
    ]
  }
  const open = (row: LensRow): void => {
    const [entry, covered] = [entryOf(lens, row), coveredIn(lens, row, revealed)]
    if (covered.length > 0) onReveal(lens, row, covered)
    else if (entry !== undefined) onShowEntry(entry)
  }
  const width = columns.reduce((sum, column) => sum + (column.width ?? column.minWidth ?? 0), 0)
  const height = (Math.min(rows.length, rowsInSight) + 1) * rowHeight + 2
  const blockSize = isAlone ? undefined : height + (width > widthOfWindow ? scrollBar : 0)
  return (
    <div className={styles['table']} style={blockSize === undefined ? undefined : { blockSize }}>
      <Table
        label={words.titles[lens.id]}
        rows={rows}
        columns={columns}
        rowId={idOf}
        rowText={(row) => text(row, 0) ?? ''}
        rowHeight={rowHeight}
        selectionMode="single"
        onOpen={open}
        menu={menu}
      />
    </div>
  )
}

function columnsOf(
  lens: Lens,
  context: {
    readonly language: 'en' | 'de'
    readonly revealed: Revealed
    readonly onReveal: LensTableProps['onReveal']
  },
): readonly Column<LensRow>[] {
  const { language, revealed, onReveal } = context
  const words = lensTextIn(language)
  const isUsed = (at: number): boolean => lens.rows.some((cells) => (cells[at] ?? null) !== null)
  return lens.columns.flatMap((column, at): readonly Column<LensRow>[] => {
    if (!isUsed(at)) return []
    const { id, kind } = column
    const label = words.columns[id]
    const text = (row: LensRow): string => shownText(lens, row, at, { language, revealed }) ?? ''
    const made: Column<LensRow> = {
      id,
      label,
      ...roomOf(column),
      isMono: kind === 'mono' || kind === 'entry',
      isTabular: kind === 'time',
      isRowHeader: at === 0,
      ...((kind === 'size' || kind === 'count') && { align: 'end' as const }),
      text,
      render: (row) =>
        coveredIn(lens, row, revealed).includes(at) ? (
          <CoveredCell label={label} onShow={() => onReveal(lens, row, [at])} />
        ) : (
          text(row)
        ),
      sortValue: ({ cells, index }) => {
        const cell = cells[at]
        return typeof cell === 'number' || (kind === 'time' && typeof cell === 'string')
          ? cell
          : text({ cells, index }) || undefined
      },
    }
    return [made]
  })
}

function CoveredCell({
  label,
  onShow,
}: {
  readonly label: string
  readonly onShow: () => void
}): ReactElement {
  const texts = useTexts(lensTexts)
  return (
    <span className={styles['covered']}>
      <span title={texts.covered}>••••••</span>
      <IconButton size="small" icon={Eye} label={texts.showSecret(label)} onPress={onShow} />
    </span>
  )
}

function idOf({ index }: LensRow): string {
  return String(index)
}
