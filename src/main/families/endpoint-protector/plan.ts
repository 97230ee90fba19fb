import type { FamilyPlan, PlanInput } from '../family.ts'
import { leftOut } from './archive.ts'
import { procedureOf } from './procedure.ts'

/**
 * The appliance's part of a restore plan: everything is in the procedure. The vendor names no size of what an import
 * needs.
 */
export function planRestore(input: PlanInput): FamilyPlan {
  return {
    steps: [],
    notRestored: leftOut,
    sideEffects: ['replaces-console-users', 'removes-other-backups', 'integrations-lose-passwords'],
    roomNeededBytes: undefined,
    procedure: procedureOf(input),
  }
}
