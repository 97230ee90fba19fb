import { ActivityLog } from '../../../../src/main/activity/log.ts'
import { createBackUp } from '../../../../src/main/backup/back-up.ts'
import { Catalog } from '../../../../src/main/catalog/catalog.ts'
import { CredentialBook, noSecretStore } from '../../../../src/main/devices/credential-book.ts'
import { Inventory } from '../../../../src/main/devices/inventory.ts'
import type { Family, GuidedRestore, StepRequest, StepResult } from '../../../../src/main/families/family.ts'
import { createToFailure } from '../../../../src/main/jobs/to-failure.ts'
import { ProcedureBook } from '../../../../src/main/procedures/procedure-book.ts'
import { createFitCheck } from '../../../../src/main/restore/fit-check.ts'
import { createGuidedRestore } from '../../../../src/main/restore/guided-restore.ts'
import { createPlanRestore } from '../../../../src/main/restore/plan-restore.ts'
import { PlanShelf } from '../../../../src/main/restore/plan-shelf.ts'
import { Vault } from '../../../../src/main/vault/vault.ts'
import { restoreOptionsSchema, type StepDraft } from '../../../../src/shared/model/restore.ts'
import { fakeDraft, fakeFamily, FakeDevice, fakeReader } from '../../fake-family.ts'
import { hostedOn } from '../../inline-parser.ts'

/** A step with everything left out that a test does not name. */
export function draft(id: string, kind: StepDraft['kind'], change: Partial<StepDraft> = {}): StepDraft {
  return {
    id,
    kind,
    facts: {},
    changes: false,
    needsNote: false,
    verifies: false,
    aids: [],
    source: 'test',
    ...change,
  }
}

/** Check, change, look: Ferrite, Ferrite, a person. */
export const shortProcedure: readonly StepDraft[] = [
  draft('look-first', 'automatic'),
  draft('apply', 'automatic', { changes: true }),
  draft('inspect', 'confirmed', { verifies: true, needsNote: true }),
]

/** What the fake family of a guided restore is told to do. */
export interface GuidedScript {
  steps: readonly StepDraft[]
  wayBack: GuidedRestore['wayBack']
  /** What an automatic step gives; the calls of the device are kept by the family itself. */
  runStep: (request: StepRequest) => Promise<StepResult>
}

/** A fake device whose family restores by procedure, with the script that it follows. */
export class GuidedDevice extends FakeDevice {
  script: GuidedScript = {
    steps: shortProcedure,
    wayBack: 'backup',
    runStep: () => Promise.resolve({ kind: 'done', evidence: [] }),
  }

  get changingCalls(): number {
    return this.calls.filter((call) => call === 'run apply').length
  }
}

function guidedFamily(device: GuidedDevice): Family {
  const family = fakeFamily(device)
  return {
    ...family,
    planRestore: (input) => ({ ...family.planRestore(input), procedure: device.script.steps }),
    restore: {
      kind: 'guided',
      get wayBack() {
        return device.script.wayBack
      },
      runStep: async (request) => {
        device.calls.push(`run ${request.step.id}`)
        return await device.script.runStep(request)
      },
    },
  }
}

/** The real use cases of guided restores in a home; opened again on the same home, a later start of the program. */
export async function openGuidedBench(home: string, device = new GuidedDevice()) {
  const family = guidedFamily(device)
  const familyOf = () => family
  const vault = await Vault.open(`${home}/vault`, { createIfMissing: true })
  const inventory = new Inventory(home)
  const credentials = new CredentialBook(noSecretStore)
  const [known] = await inventory.list()
  const added = known ?? (await inventory.add(fakeDraft))
  credentials.giveForSession(added.id, { kind: 'password', user: 'engineer', password: 'not a secret' })
  const catalog = new Catalog(vault)
  const activity = new ActivityLog(home)
  const { openFile, browser } = hostedOn(vault, () => fakeReader)
  const toFailure = createToFailure(() => undefined)
  const stated = () => Promise.resolve({})
  const shared = { familyOf, inventory, credentials, vault, catalog, activity, openFile, toFailure, stated }
  const plans = new PlanShelf()
  const fitCheck = createFitCheck({ familyOf, vault, browser, stated })
  const planRestore = createPlanRestore({ ...shared, plans, fitCheck, browser })
  const backUp = createBackUp(shared)
  const procedures = new ProcedureBook(home)
  const lookAt = () => () => Promise.resolve({ fingerprint: 'SHA256:fake' })
  const guided = createGuidedRestore({ ...shared, procedures, lookAt })
  return {
    home,
    device,
    added,
    inventory,
    vault,
    activity,
    procedures,
    guided,
    /** Backs the device up, changes it, and plans the way to the first state. */
    plan: async (signal: AbortSignal, options: unknown = {}) => {
      const record = await backUp(
        { device: added },
        { signal, report: () => undefined, seal: () => undefined },
      )
      device.content = 'state of today'
      const target = await inventory.get(added.id)
      const plan = await planRestore(record.id, target, restoreOptionsSchema.parse(options), signal)
      device.calls.length = 0
      return plan
    },
    close: async () => {
      await browser[Symbol.asyncDispose]()
    },
  }
}
