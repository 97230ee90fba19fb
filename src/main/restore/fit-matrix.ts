import { FailureError } from '../../shared/failure.ts'
import { CellPlane, type CellCounts } from '../../shared/compatibility/fit-matrix.ts'
import type { DeviceId } from '../../shared/model/device.ts'
import type { FitFilter } from '../../shared/model/fit-filter.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import type { FamilyOf } from '../backup/connect.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { AnnotationBook } from '../vault/annotation-book.ts'
import type { KeyKept } from './archive-facts.ts'
import {
  createJudge,
  prepareFleet,
  type Cell,
  type Fleet,
  type FleetArchive,
  type FleetDevice,
} from './fit-fleet.ts'
import { placesOf, select, type Selection } from './fit-selection.ts'
import { createPacer } from './pacer.ts'

export interface FitMatrixNeeds {
  readonly familyOf: FamilyOf
  readonly inventory: Inventory
  readonly catalog: Catalog
  readonly annotations: AnnotationBook
  readonly keyKept?: KeyKept
}

/** One pair with what is said of it. */
export interface Pair extends Cell {
  readonly archive: FleetArchive
  readonly device: FleetDevice
}

/** The rows and columns a filter leaves, and what their cells say. */
export interface FitSummary {
  /** Another number after every change of devices, archives or statements. */
  readonly generation: number
  readonly archiveIds: readonly ArchiveId[]
  readonly deviceIds: readonly DeviceId[]
  readonly counts: CellCounts | undefined
}

/** One part of the matrix; `cells` are the rows one after the other, `undefined` where an id is not known any more. */
export interface FitBlock {
  readonly generation: number
  readonly cells: readonly (Cell | undefined)[]
  /** Age of each device's identity, in the order of the devices. */
  readonly identityReadAt: readonly (string | undefined)[]
}

/** Archives and devices by name; all where a list is left out. */
export interface FitScope {
  readonly archiveIds?: readonly ArchiveId[]
  readonly deviceIds?: readonly DeviceId[]
}

/** Milliseconds of work between which everything else has its turn; a single pair takes a few microseconds. */
const sliceMs = 5

interface Prepared {
  readonly generation: number
  readonly fleet: Promise<Fleet>
  readonly ended: AbortController
  /** The kinds of all cells; made when they are first needed. */
  plane?: Promise<CellPlane>
}

/**
 * Every archive against every device, offline: from records, statements and the identities last read. Nothing is
 * opened and nobody is asked, so what needs the file itself (its hash, its names, its size) stays with the check of
 * one pair. Kept until devices, archives or statements change.
 */
export class FitMatrix {
  readonly #needs: FitMatrixNeeds
  readonly #judge: (archive: FleetArchive, device: FleetDevice) => Cell
  #generation = 1
  #isCatalogRead = false
  #prepared: Prepared | undefined

  constructor(needs: FitMatrixNeeds) {
    this.#needs = needs
    this.#judge = createJudge(needs.familyOf)
    const forget = (): void => {
      this.#generation += 1
      this.#prepared?.ended.abort(new FailureError({ code: 'cancelled', phase: 'checking-fit' }))
      this.#prepared = undefined
    }
    needs.inventory.onChange(forget)
    needs.catalog.onChange(forget)
    needs.annotations.onChange(forget)
  }

  /**
   * The rows and columns that a filter leaves. Without `isCounted` and without a kind to look for no cell is judged,
   * and the answer comes at once.
   * @throws FailureError `cancelled` where something changed in the meantime; as `Inventory.list`, `AnnotationBook.all`
   */
  async summary(filter: FitFilter, isCounted: boolean, signal: AbortSignal): Promise<FitSummary> {
    const prepared = await this.#prepare()
    const fleet = await prepared.fleet
    const plane = isCounted || filter.kind !== undefined ? await this.#planeOf(prepared, signal) : undefined
    const { rows, columns } = selectionIn(fleet, plane, filter)
    return {
      generation: prepared.generation,
      archiveIds: rows.flatMap((row) => fleet.archives[row]?.record.id ?? []),
      deviceIds: columns.flatMap((column) => fleet.devices[column]?.device.id ?? []),
      counts: plane?.count(rows, columns),
    }
  }

  /** Ends what is being judged in the background; whoever waits for it gets `cancelled`. */
  close(): void {
    this.#prepared?.ended.abort(new FailureError({ code: 'cancelled', phase: 'checking-fit' }))
  }

  /** The cells where these archives and devices cross. Throws as `summary`. */
  async block(
    archiveIds: readonly ArchiveId[],
    deviceIds: readonly DeviceId[],
    signal: AbortSignal,
  ): Promise<FitBlock> {
    const { generation, fleet: whole } = await this.#prepare()
    const fleet = await whole
    const devices = deviceIds.map((id) => fleet.deviceAt.get(id))
    const pacer = createPacer(sliceMs, signal)
    const cells: (Cell | undefined)[] = []
    for (const id of archiveIds) {
      const archive = fleet.archiveAt.get(id)
      for (const device of devices) {
        if (pacer.isDue()) await pacer.pause()
        cells.push(archive && device && this.#judge(archive, device))
      }
    }
    return { generation, cells, identityReadAt: devices.map((device) => device?.target?.readAt) }
  }

  /** Every pair that a filter leaves, row by row; with a kind only pairs of that kind. Throws as `summary`. */
  async *pairs(filter: FitFilter, signal: AbortSignal): AsyncGenerator<Pair> {
    const fleet = await (await this.#prepare()).fleet
    for await (const pair of this.#pairsIn(fleet, select(fleet, filter), signal))
      if (filter.kind === undefined || pair.kind === filter.kind) yield pair
  }

  /** Every pair of these archives and devices, row by row. Throws as `summary`. */
  async *pairsOf({ archiveIds, deviceIds }: FitScope, signal: AbortSignal): AsyncGenerator<Pair> {
    const fleet = await (await this.#prepare()).fleet
    const [archives, devices] = [archiveIds && new Set(archiveIds), deviceIds && new Set(deviceIds)]
    const rows = placesOf(fleet.archives, ({ record }) => archives?.has(record.id) ?? true)
    const columns = placesOf(fleet.devices, ({ device }) => devices?.has(device.id) ?? true)
    yield* this.#pairsIn(fleet, { rows, columns }, signal)
  }

  async *#pairsIn(fleet: Fleet, { rows, columns }: Selection, signal: AbortSignal): AsyncGenerator<Pair> {
    const pacer = createPacer(sliceMs, signal)
    for (const row of rows) {
      for (const column of columns) {
        if (pacer.isDue()) await pacer.pause()
        const archive = fleet.archives[row]
        const device = fleet.devices[column]
        if (!archive || !device) continue
        yield { archive, device, ...this.#judge(archive, device) }
      }
    }
  }

  async #prepare(): Promise<Prepared> {
    if (!this.#isCatalogRead) {
      await this.#needs.catalog.refresh()
      this.#isCatalogRead = true
    }
    if (this.#prepared) return this.#prepared
    const ended = new AbortController()
    const prepared: Prepared = {
      generation: this.#generation,
      fleet: this.#readFleet(ended.signal),
      ended,
    }
    this.#prepared = prepared
    // What could not be read is tried again with the next question.
    prepared.fleet.catch(() => {
      if (this.#prepared === prepared) this.#prepared = undefined
    })
    return prepared
  }

  async #readFleet(signal: AbortSignal): Promise<Fleet> {
    const { familyOf, inventory, catalog, annotations } = this.#needs
    const [devices, annotated] = await Promise.all([inventory.list(), annotations.all()])
    return await prepareFleet({
      familyOf,
      records: catalog.all(),
      devices,
      statedOf: (id) => annotated.get(id)?.stated ?? {},
      keyKept: this.#needs.keyKept,
      pacer: createPacer(sliceMs, signal),
    })
  }

  /** Waits for all cells; they are judged once for everybody who asks. */
  async #planeOf(prepared: Prepared, signal: AbortSignal): Promise<CellPlane> {
    prepared.plane ??= prepared.fleet.then(
      async (fleet) => await this.#judgeAll(fleet, prepared.ended.signal),
    )
    const plane = await prepared.plane
    signal.throwIfAborted()
    return plane
  }

  async #judgeAll({ archives, devices }: Fleet, signal: AbortSignal): Promise<CellPlane> {
    const plane = new CellPlane(archives.length, devices.length)
    const pacer = createPacer(sliceMs, signal)
    for (const [row, archive] of archives.entries()) {
      for (const [column, device] of devices.entries()) {
        if (pacer.isDue()) await pacer.pause()
        plane.set(row, column, this.#judge(archive, device).kind)
      }
    }
    return plane
  }
}

function selectionIn(fleet: Fleet, plane: CellPlane | undefined, filter: FitFilter): Selection {
  const { rows, columns } = select(fleet, filter)
  return filter.kind === undefined || plane === undefined
    ? { rows, columns }
    : plane.holding(filter.kind, rows, columns)
}
