import type { HostileCase } from './row.ts'
import { tarNameCases } from './tar-names.ts'
import { tarStructureCases } from './tar-structure.ts'
import { wholeArchiveCases } from './whole-archives.ts'
import { zipContentCases } from './zip-contents.ts'
import { zipNameCases } from './zip-names.ts'
import { zipStructureCases } from './zip-structure.ts'

export type { HostileCase, Outcome } from './row.ts'

/** Every hostile archive of the table, with what has to come of it. */
export const hostileCases: readonly HostileCase[] = [
  ...zipNameCases,
  ...zipContentCases,
  ...zipStructureCases,
  ...tarNameCases,
  ...tarStructureCases,
  ...wholeArchiveCases,
]
