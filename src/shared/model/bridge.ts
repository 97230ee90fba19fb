import { z } from '../schema.ts'

/** One step on the way to a pair that fits. `step` picks the sentence in `shared/text/…/bridge-<family>`. */
export const bridgeStepSchema = z
  .object({
    step: z.string().max(60),
    facts: z.record(z.string(), z.string()).readonly(),
    /** `job`: Ferrite can do it; `person`: somebody does it by hand; `wait`: time has to pass. */
    by: z.enum(['job', 'person', 'wait']),
  })
  .readonly()
export type BridgeStep = z.infer<typeof bridgeStepSchema>

/** A system app that has to be brought to another version, in the order in which that is done. */
export const appChangeSchema = z
  .object({ app: z.string(), from: z.string().optional(), to: z.string() })
  .readonly()
export type AppChange = z.infer<typeof appChangeSchema>

/**
 * How a blocked pair of archive and device can be made to fit: the ordered steps, what must be on the laptop before
 * leaving, and the way back. `settles` names the rules it answers; a rule that blocks and is not among them still will.
 * `appChanges` is there where a job can carry it out.
 */
export const bridgePlanSchema = z
  .object({
    settles: z.array(z.string()).readonly(),
    steps: z.array(bridgeStepSchema).readonly(),
    /** Ids with facts: files, images, keys and licences to have before leaving for the machine. */
    bring: z
      .array(z.object({ item: z.string(), facts: z.record(z.string(), z.string()).readonly() }).readonly())
      .readonly(),
    wayBack: z.array(bridgeStepSchema).readonly(),
    appChanges: z.array(appChangeSchema).readonly().optional(),
  })
  .readonly()
export type BridgePlan = z.infer<typeof bridgePlanSchema>
