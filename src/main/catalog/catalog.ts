import { FailureError } from '../../shared/failure.ts'
import type { DeviceId } from '../../shared/model/device.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
import type { DamagedArchive, VaultListing } from '../vault/listing.ts'
import { newestFirst } from '../vault/records.ts'
import type { Vault } from '../vault/vault.ts'

/**
 * The index over the vault, in memory. It holds no truth of its own: it is rebuilt from the vault at start and
 * whenever `refresh` is called, and losing it loses nothing.
 */
export class Catalog {
  readonly #vault: Pick<Vault, 'list'>
  readonly #listeners = new Set<() => void>()
  #damaged: readonly DamagedArchive[] = []
  /** Newest first. */
  #records = new Map<ArchiveId, ArchiveRecord>()
  /** What was added while a refresh was reading, and may have been missed by it. */
  #added: ArchiveRecord[] = []
  #refreshing: Promise<void> | undefined

  /** Empty until the first `refresh`. */
  constructor(vault: Pick<Vault, 'list'>) {
    this.#vault = vault
  }

  /** Calls `listener` after every change; a refresh that finds what was known already is none. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Every whole archive, newest first. */
  all(): readonly ArchiveRecord[] {
    return [...this.#records.values()]
  }

  /** What lies in the vault and is no whole archive. */
  damaged(): readonly DamagedArchive[] {
    return this.#damaged
  }

  /** The archives of one device, newest first. */
  ofDevice(id: DeviceId): readonly ArchiveRecord[] {
    return this.all().filter(({ device }) => device.id === id)
  }

  /** @throws FailureError `not-found` */
  get(id: ArchiveId): ArchiveRecord {
    const record = this.#records.get(id)
    if (!record) throw new FailureError({ code: 'not-found', kind: 'archive', id })
    return record
  }

  /** Takes in an archive that was committed just now, without reading the vault again. */
  add(record: ArchiveRecord): void {
    if (this.#refreshing) this.#added.push(record)
    this.#take([record, ...this.all()])
    this.#tell()
  }

  /**
   * Reads the vault again. Calls that come while one reads share it. Until it ends the former list is shown, and after
   * a failure too.
   * @throws FailureError as `Vault.list`
   */
  async refresh(): Promise<void> {
    this.#refreshing ??= this.#read().finally(() => {
      this.#refreshing = undefined
    })
    await this.#refreshing
  }

  async #read(): Promise<void> {
    this.#added = []
    const { records, damaged }: VaultListing = await this.#vault.list()
    const former = this.#content()
    this.#damaged = damaged
    this.#take([...this.#added, ...records])
    // Whoever reads again at every change would otherwise read for ever.
    if (this.#content() !== former) this.#tell()
  }

  #content(): string {
    return JSON.stringify([this.all(), this.#damaged])
  }

  #take(records: readonly ArchiveRecord[]): void {
    const byId = new Map(records.map((record) => [record.id, record]))
    this.#records = new Map(newestFirst([...byId.values()]).map((record) => [record.id, record]))
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
