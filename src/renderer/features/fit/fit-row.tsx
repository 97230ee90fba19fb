import { memo } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { CellKind } from '../../../shared/compatibility/fit-matrix.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import type { Language } from '../../../shared/text/language.ts'
import { archivesStore } from '../../stores/archives.ts'
import { useLanguage } from '../../texts.ts'
import { classes } from '../../ui/classes.ts'
import { cellAt, fitCells, type FitCell } from './fit-cells.ts'
import { archiveName } from './fit-names.ts'
import styles from './fit.module.css'
import { fitTexts } from './texts.ts'
import { cellEdge } from './use-cell-window.ts'

interface FitRowProps {
  readonly archiveId: ArchiveId
  readonly row: number
  readonly firstColumn: number
  /** Names of the columns in sight, from the first one on. */
  readonly columnNames: readonly string[]
  readonly nameWidth: number
  /** The column the keyboard is on, where it is on this row. */
  readonly activeColumn: number | undefined
  readonly domId: (row: number, column: number) => string
}

/** One archive and its cells in sight. */
export const FitRow = memo(function FitRow(props: FitRowProps): ReactElement {
  const { archiveId, row, firstColumn, columnNames, nameWidth, activeColumn, domId } = props
  const language = useLanguage()
  const tiles = useStore(fitCells, (state) => state.tiles)
  const record = useStore(archivesStore, ({ byId }) => byId.get(archiveId))
  const { device, takenAt } = archiveName(archiveId, language, record)
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={styles['row']}
      style={{ insetBlockStart: row * cellEdge }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className={styles['rowName']}
        style={{ inlineSize: nameWidth }}
        title={`${device}, ${takenAt}`}
      >
        <bdi className={styles['name']}>{device}</bdi>
        <span className={styles['taken']}>{takenAt}</span>
      </div>
      {columnNames.map((name, step) => {
        const column = firstColumn + step
        return (
          <Cell
            key={column}
            id={domId(row, column)}
            look={lookOf(cellAt(tiles, row, column))}
            row={row}
            column={column}
            gap={step === 0 ? firstColumn * cellEdge : undefined}
            archive={device}
            device={name}
            isActive={column === activeColumn}
            language={language}
          />
        )
      })}
    </div>
  )
})

type CellLook = CellKind | 'waiting' | 'gone'

function lookOf(cell: FitCell): CellLook {
  return cell.state === 'judged' ? cell.kind : cell.state
}

interface CellProps {
  readonly id: string
  readonly look: CellLook
  readonly row: number
  readonly column: number
  /** Room for the cells before the first one in sight, in CSS pixels. */
  readonly gap: number | undefined
  readonly archive: string
  readonly device: string
  readonly isActive: boolean
  readonly language: Language
}

/** Takes plain values only and reads no store: hundreds are compared whenever a person scrolls by a cell. */
const Cell = memo(function Cell(props: CellProps): ReactElement {
  const { id, look, row, column, gap, archive, device, isActive, language } = props
  const texts = fitTexts[language]
  const isJudged = look !== 'waiting' && look !== 'gone'
  const word = isJudged ? texts.legend[look] : look === 'gone' ? texts.goneCell : texts.loadingCell
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={column + 2}
      aria-label={texts.cell(word, archive, device)}
      aria-selected={isActive}
      data-row={row}
      data-column={column}
      className={classes(
        styles['cell'],
        isJudged ? styles[look] : styles['waiting'],
        isActive && styles['active'],
      )}
      style={gap === undefined ? undefined : { marginInlineStart: gap }}
    />
  )
})
