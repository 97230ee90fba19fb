import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { ActivityLog } from '../../src/main/activity/log.ts'
import { createBackUp } from '../../src/main/backup/back-up.ts'
import { connectTo } from '../../src/main/backup/connect.ts'
import { createImportArchive } from '../../src/main/backup/import-archive.ts'
import { hostedOn } from '../main/inline-parser.ts'
import { Catalog } from '../../src/main/catalog/catalog.ts'
import { CredentialBook, noSecretStore } from '../../src/main/devices/credential-book.ts'
import { Inventory } from '../../src/main/devices/inventory.ts'
import { createEndpointProtector } from '../../src/main/families/endpoint-protector/endpoint-protector.ts'
import type { Timing } from '../../src/main/families/endpoint-protector/timing.ts'
import { createLinuxHost } from '../../src/main/families/linux-host/linux-host.ts'
import { createToFailure } from '../../src/main/jobs/to-failure.ts'
import { KeyBook } from '../../src/main/keys/key-book.ts'
import { ProcedureBook } from '../../src/main/procedures/procedure-book.ts'
import { createFitCheck } from '../../src/main/restore/fit-check.ts'
import { createGuidedRestore } from '../../src/main/restore/guided-restore.ts'
import { PlanShelf } from '../../src/main/restore/plan-shelf.ts'
import { createPlanRestore } from '../../src/main/restore/plan-restore.ts'
import { readTlsPin } from '../../src/main/transport/tls.ts'
import { AnnotationBook } from '../../src/main/vault/annotation-book.ts'
import { Vault } from '../../src/main/vault/vault.ts'
import type { EndpointProtector } from '../../src/practice/endpoint-protector/start-endpoint-protector.ts'
import { parseAddress } from '../../src/shared/model/address.ts'
import type { Device } from '../../src/shared/model/device.ts'
import { currentStep, type Procedure } from '../../src/shared/model/procedure.ts'
import { restoreOptionsSchema } from '../../src/shared/model/restore.ts'
import { newFolder } from '../main/fake-family.ts'
import { newContext } from '../main/workbench.ts'

/** Everything as on a real appliance, only sooner. */
export const quick: Timing = {
  settleMs: 40,
  afterImportMs: 60,
  answerLimitMs: 5_000,
  answerEveryMs: 30,
  silentLooks: 2,
  silentEveryMs: 20,
}

/** The real use cases around the family, on a vault of their own. */
export async function newSite(timing: Partial<Timing> = {}) {
  const home = await newFolder()
  const deadlines = { connectMs: 500, handshakeMs: 500 }
  const family = createEndpointProtector({ ...quick, ...timing }, deadlines)
  const familyOf = () => family
  const vault = await Vault.open(join(home, 'vault'), { createIfMissing: true })
  const inventory = new Inventory(home)
  const credentials = new CredentialBook(noSecretStore)
  const catalog = new Catalog(vault)
  const activity = new ActivityLog(home)
  const annotations = new AnnotationBook(vault.folder)
  const procedures = new ProcedureBook(home)
  const keys = new KeyBook({ store: noSecretStore, vault, annotations, activity })
  const { openFile, browser, close } = hostedOn(vault)
  onTestFinished(async () => {
    await close()
  })
  const toFailure = createToFailure((_incident, error) => {
    throw error
  })
  const stated = async (id: Parameters<typeof annotations.of>[0]) => (await annotations.of(id)).stated
  const keyKept = keys.isKept.bind(keys)
  const shared = {
    familyOf,
    inventory,
    credentials,
    vault,
    catalog,
    activity,
    openFile,
    toFailure,
    stated,
    keyKept,
  }
  const lookAt = () => async (address: string, signal: AbortSignal) =>
    await readTlsPin({ address: parseAddress(address, 'https'), signal, deadlines })
  const fitCheck = createFitCheck({ familyOf, vault, browser, stated, keyKept })
  return {
    home,
    vault,
    inventory,
    annotations,
    activity,
    procedures,
    keys,
    browser,
    fitCheck,
    connect: async (device: Device) =>
      await connectTo({ familyOf, credentials }, device, new AbortController().signal),
    backUp: createBackUp(shared),
    importArchive: createImportArchive({ ...shared, families: [createLinuxHost(), family] }),
    planRestore: createPlanRestore({ ...shared, plans: new PlanShelf(), fitCheck, browser }),
    guided: createGuidedRestore({ ...shared, procedures, lookAt }),
    add: async (
      appliance: EndpointProtector,
      facts: Readonly<Record<string, string>> = {},
    ): Promise<Device> =>
      await inventory.add({
        name: appliance.name,
        family: 'endpoint-protector',
        address: appliance.address,
        user: '',
        tags: [],
        facts: family.checkFacts(facts),
        role: 'production',
        pin: {
          kind: 'tls',
          fingerprint: appliance.fingerprint,
          acceptedAt: new Date().toISOString(),
          compared: true,
        },
      }),
  }
}
export type Site = Awaited<ReturnType<typeof newSite>>

/** What a careful person states of the practice pair's source. */
export const sourceFacts = {
  version: '5.9.4.2',
  kind: 'v2',
  patchedAt: '2026-01-01T00:00Z',
  modules: 'none',
  freePercent: '60',
  clientVersion: '5.9.4.3',
  eDiscovery: 'yes',
  integrations: 'SMTP\nAD/LDAP',
}
export const targetFacts = {
  keepsAddress: 'yes',
  version: '2604.0.1.0',
  freeGigabytes: '200',
  diskGigabytes: '320',
  hypervisor: 'Proxmox 8',
}

/** A backup as a person takes it away and imports it for its appliance, with key and statements. */
export async function importedBackup(site: Site, old: EndpointProtector, device: Device) {
  const taken = await old.takeBackup({ name: 'Move' })
  const file = join(await newFolder(), taken.fileName)
  await writeFile(file, taken.bytes)
  const record = await site.importArchive({ file, device }, newContext())
  await site.annotations.state(record.id, sourceFacts)
  await site.keys.give(record.id, taken.key)
  return { record, taken, file }
}

export async function planFor(site: Site, archiveId: Parameters<Site['planRestore']>[0], device: Device) {
  const options = restoreOptionsSchema.parse({})
  return await site.planRestore(archiveId, device, options, new AbortController().signal)
}

/** Answers the person's steps, doing at each what `hands` says, until Ferrite cannot go on or all is done. */
export async function walk(
  site: Site,
  start: Procedure,
  hands: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<Procedure> {
  let procedure = start
  for (let turn = 0; turn < 60; turn += 1) {
    const step = currentStep(procedure)
    if (!step || procedure.report) return procedure
    const { id, kind } = step.draft
    if (kind === 'automatic') {
      procedure = await site.guided.run(procedure.id, newContext())
      continue
    }
    await hands[id]?.()
    procedure = await site.guided.confirm(procedure.id, { stepId: id, by: 'Ada', note: `done: ${id}` })
    if (currentStep(procedure) === undefined) procedure = await site.guided.run(procedure.id, newContext())
  }
  throw new Error('the procedure does not end')
}
