import { appendFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { procedureIdSchema } from '../../../../src/shared/model/procedure.ts'
import { GuidedDevice, openGuidedBench } from '../support/guided-bench.ts'

/**
 * Opens a home, as a start of the program does, and goes on with the procedure there. The device keeps its own
 * account of the changing calls in `calls` beside the home, the moment each arrives. Says `done` at the end.
 */
const [, , home = '', id = ''] = process.argv
const device = new GuidedDevice()
device.script.runStep = async ({ step, session }) => {
  await session()
  if (step.changes) appendFileSync(join(home, '..', 'calls'), 'changed\n')
  return { kind: 'done', evidence: [{ kind: 'said-by-device', facts: {} }] }
}
const bench = await openGuidedBench(home, device)
await bench.procedures.takeOver((failure) => {
  throw failure
})
const controller = new AbortController()
const context = { signal: controller.signal, report: () => undefined, seal: () => undefined }
await bench.guided.run(procedureIdSchema.parse(id), context)
await bench.close()
writeSync(1, 'done\n')
