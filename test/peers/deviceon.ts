import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
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
import { createDeviceOnServer } from '../../src/main/families/deviceon-server/deviceon-server.ts'
import { createToFailure } from '../../src/main/jobs/to-failure.ts'
import { ProcedureBook } from '../../src/main/procedures/procedure-book.ts'
import { createFitCheck } from '../../src/main/restore/fit-check.ts'
import { createGuidedRestore } from '../../src/main/restore/guided-restore.ts'
import { PlanShelf } from '../../src/main/restore/plan-shelf.ts'
import { createPlanRestore } from '../../src/main/restore/plan-restore.ts'
import { createStateFacts } from '../../src/main/restore/state-facts.ts'
import { AnnotationBook } from '../../src/main/vault/annotation-book.ts'
import { Vault } from '../../src/main/vault/vault.ts'
import type { DeviceOnServerOptions } from '../../src/practice/deviceon-server/options.ts'
import {
  startDeviceOnServer,
  type DeviceOnServer,
} from '../../src/practice/deviceon-server/start-deviceon-server.ts'
import type { Device } from '../../src/shared/model/device.ts'
import { newFolder } from '../main/fake-family.ts'
import { never } from '../main/transport/support/quiet.ts'

/** Fast enough for a test, slow enough for a busy machine. */
const quick = {
  settleMs: 150,
  portalMs: 3_000,
  promptQuietMs: 400,
  promptMs: 3_000,
  toolQuietMs: 2_500,
  toolMs: 30_000,
  farewellMs: 400,
  restartMs: 3_000,
  askAgainMs: 100,
}

/** The real use cases on a real vault, with practice servers at the other end of the wire. */
export async function newDeviceOnBench() {
  const home = await newFolder()
  const family = createDeviceOnServer(quick, { idleMs: 4_000 })
  const familyOf = () => family
  const vault = await Vault.open(join(home, 'vault'), { createIfMissing: true })
  const inventory = new Inventory(home)
  const credentials = new CredentialBook(noSecretStore)
  const catalog = new Catalog(vault)
  const activity = new ActivityLog(home)
  const annotations = new AnnotationBook(vault.folder)
  const procedures = new ProcedureBook(home)
  const { openFile, browser, close } = hostedOn(vault)
  const toFailure = createToFailure((_incident, error) => {
    throw error
  })
  const stated = async (id: Parameters<typeof annotations.of>[0]) => (await annotations.of(id)).stated
  const shared = { familyOf, inventory, credentials, vault, catalog, activity, openFile, toFailure, stated }
  const fitCheck = createFitCheck({ familyOf, vault, browser, stated })
  const lookAt = () => () => Promise.reject(new Error('not looked at'))
  onTestFinished(async () => {
    await close()
    await rm(home, { recursive: true, force: true })
  })
  const password = `Canary-${randomBytes(6).toString('hex')}`
  return {
    home,
    family,
    vault,
    inventory,
    credentials,
    procedures,
    activity,
    catalog,
    connect: async (device: Device) => await connectTo({ familyOf, credentials }, device, never),
    backUp: createBackUp(shared),
    importArchive: createImportArchive({ ...shared, families: [family] }),
    planRestore: createPlanRestore({ ...shared, plans: new PlanShelf(), fitCheck, browser }),
    guidedRestore: createGuidedRestore({ ...shared, procedures, lookAt }),
    stateFacts: createStateFacts({ vault, annotations, activity }),
    fitCheck,
    /** A Windows server without a TPM unless told otherwise, gone when the test is over. */
    async server(name: string, more: Partial<DeviceOnServerOptions> = {}): Promise<DeviceOnServer> {
      const server = await startDeviceOnServer({
        folder: join(home, name),
        name,
        edition: 'windows',
        credentials: { user: 'deviceon', password },
        stepMs: 2,
        ...more,
      })
      onTestFinished(() => server.stop())
      return server
    },
    /** Adds a server to the inventory with its key accepted and the password given for this session. */
    async add(
      server: DeviceOnServer,
      facts: Readonly<Record<string, string>> = {},
      secret = password,
    ): Promise<Device> {
      const device = await inventory.add({
        name: server.name,
        family: 'deviceon-server',
        address: server.address,
        user: 'deviceon',
        tags: [],
        role: 'production',
        facts: family.checkFacts({ ...server.facts, tpm: 'no', ...facts }),
        pin: {
          kind: 'ssh',
          fingerprint: server.fingerprint,
          acceptedAt: new Date().toISOString(),
          compared: true,
        },
      })
      credentials.giveForSession(device.id, { kind: 'password', user: 'deviceon', password: secret })
      return device
    },
  }
}

export type DeviceOnBench = Awaited<ReturnType<typeof newDeviceOnBench>>

/** How often the recovery tool was started since the server was. */
export function toolRuns(server: DeviceOnServer): number {
  return server.events().filter(({ event }) => event === 'recovery-started').length
}
