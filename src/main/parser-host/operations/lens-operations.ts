import { covered, secretIn } from '../../families/lens-table.ts'
import type { lensCalls } from '../contracts/lens-calls.ts'
import type { OperationsFor } from '../operation.ts'

/** What a family knows of the inside of an archive, as tables. */
export const lensOperations: OperationsFor<keyof typeof lensCalls> = {
  lenses: async ({ archive: handle, family }, { archive, signal, readerOf }) => {
    const lenses = await readerOf(family).lenses?.(archive(handle), signal)
    return covered(lenses ?? [])
  },
  // The tables are made again: no secret is held in memory until somebody asks for it.
  reveal: async ({ archive: handle, family, lens, row, column }, { archive, signal, readerOf }) => {
    const lenses = await readerOf(family).lenses?.(archive(handle), signal)
    return secretIn(lenses ?? [], lens, row, column)
  },
}
