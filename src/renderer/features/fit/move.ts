/** A cell by its places. */
export interface CellPlace {
  readonly row: number
  readonly column: number
}

export interface MoveLimits {
  readonly rows: number
  readonly columns: number
  /** Rows that fit on the screen. */
  readonly pageRows: number
}

interface PressedKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/**
 * Where a key leads from a cell, as the ARIA grid pattern has it: Home and End within the row, with Control to the
 * corners, the page keys by a screen. `undefined` for a key that does not move.
 */
export function moveOf(
  { key, ctrlKey, metaKey, altKey }: PressedKey,
  { row, column }: CellPlace,
  { rows, columns, pageRows }: MoveLimits,
): CellPlace | undefined {
  if (altKey) return undefined
  const isFar = ctrlKey || metaKey
  const [lastRow, lastColumn] = [rows - 1, columns - 1]
  const at = (toRow: number, toColumn: number): CellPlace => ({
    row: Math.min(lastRow, Math.max(0, toRow)),
    column: Math.min(lastColumn, Math.max(0, toColumn)),
  })
  switch (key) {
    case 'ArrowUp':
      return at(isFar ? 0 : row - 1, column)
    case 'ArrowDown':
      return at(isFar ? lastRow : row + 1, column)
    case 'ArrowLeft':
      return at(row, isFar ? 0 : column - 1)
    case 'ArrowRight':
      return at(row, isFar ? lastColumn : column + 1)
    case 'Home':
      return at(isFar ? 0 : row, 0)
    case 'End':
      return at(isFar ? lastRow : row, lastColumn)
    case 'PageUp':
      return at(row - pageRows, column)
    case 'PageDown':
      return at(row + pageRows, column)
    default:
      return undefined
  }
}
