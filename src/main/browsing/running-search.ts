import { randomUUID } from 'node:crypto'
import { FailureError, type Failure } from '../../shared/failure.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
import {
  hitsAtMost,
  searchIdSchema,
  skippedNamedAtMost,
  type SearchHit,
  type SearchId,
  type SearchQuery,
  type SearchScope,
  type SearchSkipped,
  type SearchState,
} from '../../shared/model/search.ts'
import type { ParserPool } from '../parser-host/parser-pool.ts'
import { inTurns } from './in-turns.ts'

const tellEveryMs = 100

/** What a search works with. */
export interface SearchNeeds {
  /** The archives of a scope, the newest first. @throws FailureError `not-found` */
  readonly records: (scope: SearchScope) => Promise<readonly ArchiveRecord[]>
  readonly search: ParserPool['search']
  /** Where the bytes of a stored archive are. @throws FailureError `not-found` */
  readonly contentPath: (id: ArchiveId) => Promise<string>
  readonly toFailure: (error: unknown) => Failure
  /** How many archives are searched at once. */
  readonly width: number
}

/** A share of the work on one archive. */
interface Task {
  readonly record: ArchiveRecord
  readonly part: number
  readonly parts: number
}

/** One search, from its beginning to its end and after it. */
export class RunningSearch {
  readonly id: SearchId = searchIdSchema.parse(`search-${randomUUID().replaceAll('-', '').slice(0, 12)}`)
  /** The last state. */
  readonly ended: Promise<SearchState>
  /** Settles when nothing is open any more, which is a moment after the end of one that was cancelled. */
  readonly left: Promise<void>
  readonly #needs: SearchNeeds
  readonly #query: SearchQuery
  readonly #scope: SearchScope
  readonly #tell: (state: SearchState) => void
  readonly #controller = new AbortController()
  readonly #hits: SearchHit[] = []
  readonly #withHits = new Set<ArchiveId>()
  readonly #skipped: SearchSkipped[] = []
  readonly #bytes = new Map<Task, number>()
  readonly #openParts = new Map<ArchiveId, number>()
  #skippedCount = 0
  readonly #archivesTotal: number
  #archivesDone = 0
  #isCapped = false
  #phase: SearchState['phase'] = 'running'
  #timer: NodeJS.Timeout | undefined
  #end: (state: SearchState) => void = () => undefined

  constructor(
    needs: SearchNeeds,
    records: readonly ArchiveRecord[],
    { query, scope }: { readonly query: SearchQuery; readonly scope: SearchScope },
    tell: (state: SearchState) => void,
  ) {
    this.#needs = needs
    this.#query = query
    this.#scope = scope
    this.#tell = tell
    this.#archivesTotal = records.length
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
    this.left = this.#run(records)
  }

  state(): SearchState {
    return {
      id: this.id,
      query: this.#query,
      scope: this.#scope,
      phase: this.#phase,
      archivesDone: this.#archivesDone,
      archivesTotal: this.#archivesTotal,
      archivesWithHits: this.#withHits.size,
      bytesDone: [...this.#bytes.values()].reduce((sum, bytes) => sum + bytes, 0),
      hits: this.#hits.length,
      isCapped: this.#isCapped,
      skipped: [...this.#skipped],
      skippedCount: this.#skippedCount,
    }
  }

  hits(from: number, count: number): readonly SearchHit[] {
    return this.#hits.slice(from, from + count)
  }

  /** Ends it at once, with what was found so far. False where it has ended already. */
  cancel(): boolean {
    return this.#finish('cancelled')
  }

  async #run(records: readonly ArchiveRecord[]): Promise<void> {
    const tasks = records.flatMap((record) => this.#tasksOf(record, records.length))
    for (const { record, parts } of tasks) this.#openParts.set(record.id, parts)
    try {
      await inTurns(tasks, this.#needs.width, async (task) => {
        if (this.#phase !== 'running') return
        await this.#search(task)
        this.#closePart(task)
      })
    } finally {
      this.#finish('done')
    }
  }

  /** A single zip is shared out, as its files can be reached in any order; a compressed tar cannot. */
  #tasksOf(record: ArchiveRecord, archives: number): readonly Task[] {
    const isShared = archives === 1 && record.container === 'zip' && this.#query.in === 'contents'
    const parts = isShared ? this.#needs.width : 1
    return Array.from({ length: parts }, (_, part) => ({ record, part, parts }))
  }

  async #search(task: Task): Promise<void> {
    const { record, part, parts } = task
    const { signal } = this.#controller
    try {
      const onProgress = (bytes: number): void => {
        this.#bytes.set(task, bytes)
        this.#change()
      }
      // One more than is kept tells whether there is more.
      const atMost = hitsAtMost - this.#hits.length + 1
      const answers = this.#needs.search(
        {
          file: await this.#needs.contentPath(record.id),
          name: record.fileName,
          mayBeOpaque: record.container === 'opaque',
          query: this.#query,
          atMost,
          part,
          parts,
        },
        { signal, onProgress },
      )
      let next = await answers.next()
      while (next.done !== true) {
        this.#take(record.id, next.value)
        next = await answers.next()
      }
      this.#bytes.set(task, next.value.bytes)
    } catch (error) {
      if (signal.aborted) return
      this.#skip([{ archiveId: record.id, inside: [], failure: this.#needs.toFailure(error) }])
    }
  }

  #take(
    archiveId: ArchiveId,
    batch: {
      readonly hits: readonly Omit<SearchHit, 'archiveId'>[]
      readonly skipped: readonly Omit<SearchSkipped, 'archiveId'>[]
    },
  ): void {
    if (this.#phase !== 'running') return
    this.#skip(batch.skipped.map((skipped) => ({ archiveId, ...skipped })))
    const room = hitsAtMost - this.#hits.length
    const kept = batch.hits.slice(0, room).map((hit) => ({ archiveId, ...hit }))
    this.#hits.push(...kept)
    if (kept.length > 0) this.#withHits.add(archiveId)
    this.#change()
    if (batch.hits.length <= room) return
    this.#isCapped = true
    this.#finish('done')
  }

  #skip(skipped: readonly SearchSkipped[]): void {
    this.#skippedCount += skipped.length
    this.#skipped.push(...skipped.slice(0, skippedNamedAtMost - this.#skipped.length))
  }

  #closePart({ record }: Task): void {
    const open = (this.#openParts.get(record.id) ?? 1) - 1
    this.#openParts.set(record.id, open)
    if (open > 0 || this.#phase !== 'running') return
    this.#archivesDone += 1
    this.#change()
  }

  #finish(phase: 'done' | 'cancelled'): boolean {
    if (this.#phase !== 'running') return false
    this.#phase = phase
    clearTimeout(this.#timer)
    this.#controller.abort(new FailureError({ code: 'cancelled', phase: 'searching' }))
    this.#end(this.state())
    this.#tell(this.state())
    return true
  }

  #change(): void {
    if (this.#phase !== 'running') return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#tell(this.state())
    }, tellEveryMs)
  }
}
