import type { CallName } from '../contract.ts'
import type { OperationsFor } from '../operation.ts'
import { archiveOperations } from './archive-operations.ts'
import { compareOperations } from './compare-operations.ts'
import { contentOperations } from './content-operations.ts'
import { lensOperations } from './lens-operations.ts'
import { searchOperations } from './search-operations.ts'
import { treeOperations } from './tree-operations.ts'

/** Every call of the contract, done. */
export const operations: OperationsFor<CallName> = {
  ...archiveOperations,
  ...lensOperations,
  ...treeOperations,
  ...contentOperations,
  ...compareOperations,
  ...searchOperations,
}
