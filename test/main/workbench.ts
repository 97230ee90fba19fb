import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { ActivityLog } from '../../src/main/activity/log.ts'
import { createBackUp } from '../../src/main/backup/back-up.ts'
import type { FamilyOf } from '../../src/main/backup/connect.ts'
import { Catalog } from '../../src/main/catalog/catalog.ts'
import { CredentialBook, noSecretStore } from '../../src/main/devices/credential-book.ts'
import { Inventory } from '../../src/main/devices/inventory.ts'
import type { JobContext } from '../../src/main/jobs/runner.ts'
import { createToFailure } from '../../src/main/jobs/to-failure.ts'
import { createFitCheck } from '../../src/main/restore/fit-check.ts'
import { RestoreJournal } from '../../src/main/restore/journal.ts'
import { PlanShelf } from '../../src/main/restore/plan-shelf.ts'
import { createPlanRestore } from '../../src/main/restore/plan-restore.ts'
import { createRestore } from '../../src/main/restore/restore.ts'
import { Vault } from '../../src/main/vault/vault.ts'
import type { ArchiveReaderOf } from '../../src/main/families/archive-reader.ts'
import { FakeDevice, fakeDraft, fakeFamily, fakeReader, newFolder } from './fake-family.ts'
import { hostedOn } from './inline-parser.ts'

/** The real use cases on a real vault, around one fake device. */
export async function newWorkbench() {
  const device = new FakeDevice()
  const family = fakeFamily(device)
  const bench = await newUseCases(() => family)
  const added = await bench.inventory.add(fakeDraft)
  bench.credentials.giveForSession(added.id, {
    kind: 'password',
    user: 'engineer',
    password: randomBytes(8).toString('hex'),
  })
  return { ...bench, device, added }
}

/** The real use cases on a real vault, around any families. */
export async function newUseCases(
  familyOf: FamilyOf,
  {
    observeLimitMs = 1_000,
    folder,
    readerOf = () => fakeReader,
  }: { observeLimitMs?: number; folder?: string; readerOf?: ArchiveReaderOf } = {},
) {
  const home = folder ?? (await newFolder())
  const vault = await Vault.open(`${home}/vault`, { createIfMissing: true })
  const inventory = new Inventory(home)
  const credentials = new CredentialBook(noSecretStore)
  const catalog = new Catalog(vault)
  const activity = new ActivityLog(home)
  const journal = new RestoreJournal(home)
  const { openFile, browser, close } = hostedOn(vault, readerOf)
  onTestFinished(close)
  const toFailure = createToFailure((_incident, error) => {
    throw error
  })
  const stated = () => Promise.resolve({})
  const shared = { familyOf, inventory, credentials, vault, catalog, activity, openFile, toFailure, stated }
  const plans = new PlanShelf()
  const fitCheck = createFitCheck({ familyOf, vault, browser, stated })
  return {
    home,
    inventory,
    credentials,
    vault,
    catalog,
    activity,
    journal,
    plans,
    fitCheck,
    openFile,
    backUp: createBackUp(shared),
    planRestore: createPlanRestore({ ...shared, plans, fitCheck, browser }),
    restore: createRestore({ ...shared, journal, observeLimitMs }),
  }
}

/** A job's context outside a runner; remembers whether it was sealed. */
export function newContext(controller = new AbortController()) {
  const context = {
    sealed: false,
    signal: controller.signal,
    report: () => undefined,
    seal: () => {
      context.sealed = true
    },
  }
  return context satisfies JobContext & { sealed: boolean }
}
