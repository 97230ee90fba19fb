import { join } from 'node:path'
import type { Failure } from '../shared/failure.ts'
import type { FamilyId } from '../shared/model/family-id.ts'
import type { ArchiveRecord } from '../shared/model/record.ts'
import { pastSizes } from '../shared/size-forecast.ts'
import { ActivityLog } from './activity/log.ts'
import { createBackUp } from './backup/back-up.ts'
import { connectTo } from './backup/connect.ts'
import { createProbe } from './backup/probe.ts'
import type { OpenFile } from './backup/take-backup.ts'
import { createVerify } from './backup/verify.ts'
import { createCheckRefused } from './backup/check-refused.ts'
import { createImportArchive } from './backup/import-archive.ts'
import { Browser, type OpenStored } from './browsing/browse.ts'
import { createReadHistory } from './browsing/file-history.ts'
import { recordsIn } from './browsing/stored-records.ts'
import { VaultSearch } from './browsing/vault-search.ts'
import { createCompareLive } from './browsing/compare-live.ts'
import { createTakeOut } from './browsing/take-out.ts'
import { Catalog } from './catalog/catalog.ts'
import { CredentialBook, noSecretStore, type SecretStore } from './devices/credential-book.ts'
import { Inventory } from './devices/inventory.ts'
import { PinOffers } from './devices/pin-offers.ts'
import { families, familyOf } from './families/index.ts'
import { KeyBook } from './keys/key-book.ts'
import { createKeySheet } from './keys/key-sheet.ts'
import { JobRunner } from './jobs/runner.ts'
import { createToFailure, type IncidentLog } from './jobs/to-failure.ts'
import { Confirmations } from './restore/confirmations.ts'
import { ProofBook, provingPlans, provingProcedures, provingRestores } from './restore/earn-proof.ts'
import { createFitCheck } from './restore/fit-check.ts'
import { FitMatrix } from './restore/fit-matrix.ts'
import { RestoreJournal } from './restore/journal.ts'
import { PlanShelf } from './restore/plan-shelf.ts'
import { createPlanRestore } from './restore/plan-restore.ts'
import { AppJobPlans } from './restore/app-job-plan.ts'
import { createBridgePlan } from './restore/bridge-plan.ts'
import { createChangeApps } from './restore/change-apps.ts'
import { createRestore } from './restore/restore.ts'
import { createGuidedRestore } from './restore/guided-restore.ts'
import { createAidOf } from './restore/aid-of.ts'
import { createStateFacts } from './restore/state-facts.ts'
import { ParserPool, type Lane } from './parser-host/parser-pool.ts'
import type { StartParser } from './parser-host/parser-port.ts'
import { ProcedureBook } from './procedures/procedure-book.ts'
import { AnnotationBook } from './vault/annotation-book.ts'
import { parseAddress } from '../shared/model/address.ts'
import type { Device } from '../shared/model/device.ts'
import { KnownVaults } from './settings/known-vaults.ts'
import { SettingsFile } from './settings/settings-file.ts'
import { makePrivateFolder } from './storage/private-folder.ts'
import { readOfferedPin } from './transport/offered-pin.ts'
import { Vault } from './vault/vault.ts'

export interface ComposeOptions {
  /** The application's own folder; made where it is missing. */
  readonly home: string
  /** The vault's folder; `vault` in `home` where none is named. */
  readonly vaultFolder?: string
  /** The keychain; without one no secret is ever stored. */
  readonly secretStore?: SecretStore
  readonly logIncident: IncidentLog
  /** How a parser process is started: what runs the core decides. */
  readonly startParser: StartParser
}

const observeLimitMs = 30 * 60 * 1000
/** An app with its restarts; up to 40 minutes were observed on real devices. */
const appLimitMs = 40 * 60 * 1000

/** Everything Ferrite can do, for the window and for the command line alike. */
export type Ferrite = Awaited<ReturnType<typeof compose>>

/** Builds every module once and hands each what it needs. Nothing happens on import, everything happens here. */
export async function compose(options: ComposeOptions) {
  const { home, logIncident } = options
  await makePrivateFolder(home)
  const toFailure: (error: unknown) => Failure = createToFailure(logIncident)
  const vault = await openVault(home, options.vaultFolder ?? join(home, 'vault'))
  await vault.sweep()
  const catalog = new Catalog(vault)
  const inventory = new Inventory(home)
  const activity = new ActivityLog(home)
  const journal = new RestoreJournal(home)
  const secretStore = options.secretStore ?? noSecretStore
  const credentials = new CredentialBook(secretStore)
  const parsers = new ParserPool(options.startParser)
  const openFile: OpenFile = (file, name, signal, mayBeOpaque = false) =>
    parsers.open({ file, name, signal, mayBeOpaque, lane: 'background' })
  const openIn =
    (lane: Lane): OpenStored =>
    async ({ id, fileName, container }, opening) =>
      await parsers.open({
        ...opening,
        file: await vault.contentPath(id),
        name: fileName,
        mayBeOpaque: container === 'opaque',
        lane,
      })
  const browser = new Browser({ read: (id) => vault.read(id), open: openIn('front') })
  const openApart = openIn('background')
  const reading = {
    open: async (record: ArchiveRecord, signal: AbortSignal) => await openApart(record, { signal }),
    toFailure,
    width: parsers.width,
  }
  const search = new VaultSearch({
    toFailure,
    width: parsers.width,
    search: (input, options) => parsers.search(input, options),
    contentPath: async (id) => await vault.contentPath(id),
    records: async (scope) => await recordsIn(catalog, scope),
  })
  const jobs = new JobRunner({ toFailure })
  const annotations = new AnnotationBook(vault.folder)
  const procedures = new ProcedureBook(home)
  const stated = async (id: ArchiveRecord['id']) => (await annotations.of(id)).stated
  const keys = new KeyBook({ store: secretStore, vault, annotations, activity })
  const keyKept = (id: ArchiveRecord['id']) => keys.isKept(id)
  const sizesOf = (record: ArchiveRecord) => pastSizes(record, catalog.all())
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
  const lookAt = ({ family }: Device) => {
    const { protocol } = familyOf(family)
    return async (address: string, signal: AbortSignal) =>
      await readOfferedPin(parseAddress(address, protocol), signal)
  }
  const connect = connectTo.bind(undefined, { familyOf, credentials })
  const plans = new PlanShelf()
  const proofs = new ProofBook({ annotations, inventory, activity })
  const proving = { book: proofs, inventory }
  const fitCheck = createFitCheck({ familyOf, vault, browser, stated, keyKept, sizesOf })
  const fitMatrix = new FitMatrix({ familyOf, inventory, catalog, annotations, keyKept })
  const bridgePlan = createBridgePlan({ familyOf, fitCheck })
  await procedures.takeOver((error) => {
    logIncident('procedures', error)
  })
  await journal.closeInterrupted((error) => {
    logIncident('restore journal', error)
  })
  return {
    home,
    settings: new SettingsFile(home),
    vault,
    catalog,
    inventory,
    activity,
    journal,
    secretStore,
    credentials,
    offers: new PinOffers(readOfferedPin),
    browser,
    takeOut: createTakeOut({ browser, vault, activity }),
    parsers,
    search,
    readHistory: createReadHistory({
      ...reading,
      recordsOf: async (deviceId) => await recordsIn(catalog, { kind: 'device', deviceId }),
    }),
    jobs,
    plans,
    confirmations: new Confirmations(),
    fitCheck,
    fitMatrix,
    toFailure,
    familyOf: (id: FamilyId) => familyOf(id),
    connect,
    compareLive: createCompareLive({ browser, read: (id) => vault.read(id), connect }),
    probe: createProbe(shared),
    verify: createVerify(shared),
    backUp: createBackUp(shared),
    importArchive: createImportArchive({ ...shared, families: Object.values(families) }),
    checkRefused: createCheckRefused({ ...shared, families: Object.values(families) }),
    planRestore: provingPlans(proofs, createPlanRestore({ ...shared, plans, fitCheck, browser })),
    restore: provingRestores(proving, createRestore({ ...shared, journal, observeLimitMs })),
    bridgePlan,
    appJobs: new AppJobPlans({ ...shared, bridgePlan }),
    changeApps: createChangeApps({ ...shared, appLimitMs }),
    annotations,
    keys,
    keySheet: createKeySheet({ vault, annotations, keys }),
    procedures,
    stateFacts: createStateFacts({ vault, annotations, activity }),
    guidedRestore: provingProcedures(
      { ...proving, procedures },
      createGuidedRestore({ ...shared, procedures, lookAt }),
    ),
    aidOf: createAidOf({ procedures, inventory, vault, keyKept }),
    async close(): Promise<void> {
      fitMatrix.close()
      await jobs.close()
      await search[Symbol.asyncDispose]()
      await browser[Symbol.asyncDispose]()
      parsers[Symbol.dispose]()
    },
  }
}

/** Opens the vault, or makes one in a folder where none was ever seen. */
async function openVault(home: string, folder: string): Promise<Vault> {
  const known = new KnownVaults(home)
  const expectedId = await known.idIn(folder)
  const vault = await Vault.open(folder, { createIfMissing: true, expectedId })
  await known.remember(folder, vault.id)
  return vault
}
