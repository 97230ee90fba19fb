import type { PlanStep } from '../../../shared/model/restore.ts'
import type { LeftOut } from '../../../shared/model/scope.ts'
import type { FamilyPlan, PlanInput } from '../family.ts'
import { checkParts } from './flows.ts'
import { neverInside } from './scope.ts'

/** The Node-RED part of a restore plan. Words: `shared/text/…/plan-node-red`. @throws FailureError `bad-input` */
export function planRestore({ record, options }: PlanInput): FamilyPlan {
  checkParts(options)
  return {
    steps: stepsOf(record.fileName, options.mode),
    notRestored: notRestored(record.scope.leftOut),
    sideEffects: [
      'flows-restart',
      options.mode === 'replace' ? 'other-flows-go' : 'other-flows-stay',
      'credentials-of-removed-go',
      'context-stays',
    ],
    // Flows are small, and nothing is staged on the device.
    roomNeededBytes: undefined,
  }
}

function stepsOf(file: string, mode: 'merge' | 'replace'): readonly PlanStep[] {
  const step = (id: string, facts: PlanStep['facts'] = {}, changes = false): PlanStep => ({
    step: id,
    facts,
    changes,
  })
  return [
    step('read-revision'),
    step('deploy', { file, mode }, true),
    step('read-back-flows'),
    step('check-node-types'),
  ]
}

/** What no document with flows holds, also where an import could not say so. */
function notRestored(leftOut: readonly LeftOut[]): readonly LeftOut[] {
  return [...leftOut, ...neverInside.filter(({ what }) => !leftOut.some((each) => each.what === what))]
}
