import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { ActivityAction, ActivityEntry } from '../../shared/model/activity.ts'
import { AppendLog } from '../storage/append-log.ts'
import { activityLines, chained, tamperAction, type ChainEnd, type Deed } from './chain.ts'
import { verifyChain, type ChainReport } from './verify-chain.ts'

/** A line for the history. */
export interface Activity {
  readonly action: ActivityAction
  /** What it was done to, in words that stay readable when the thing is gone: a device's name, an archive's id. */
  readonly subject: string
  /** Never a secret. */
  readonly facts: Readonly<Record<string, string>>
}

export interface ActivityLogOptions {
  readonly now?: (() => Date) | undefined
  /** Who is told as the doer; by default the user of the operating system. */
  readonly actor?: string | undefined
}

/**
 * The history of what was done, in one file that only grows and whose lines are chained by their hashes, so that a
 * changed, removed or reordered line is found. Window and command line write to the same history.
 *
 * A crash can tear the last line; the next entry is then preceded by one with the action `recovered` that names it.
 * Where earlier lines were changed, the log goes on after an entry with the action `tamper-found`.
 */
export class ActivityLog {
  readonly #log: AppendLog<ActivityEntry>
  readonly #frame: () => Pick<Deed, 'at' | 'actor'>
  /** The last entry this process knows of. It is built on even where the file has lost it, which shows the loss. */
  #end: ChainEnd | undefined
  #checked: Promise<void> | undefined

  /** `folder` is the application's own folder; the file is made with the first entry. */
  constructor(folder: string, { now = () => new Date(), actor = userName() }: ActivityLogOptions = {}) {
    this.#frame = () => ({ at: now().toISOString(), actor })
    this.#log = new AppendLog(join(folder, 'activity.ndjson'), activityLines(this.#frame))
  }

  /**
   * Writes an entry; when this settles, it is on disk.
   * @throws FailureError `disk-full`, `storage-unwritable`, `file-unreadable`, `storage-damaged` where it is no plain file
   */
  async append(activity: Activity): Promise<ActivityEntry> {
    this.#checked ??= this.#noteTampering()
    try {
      await this.#checked
    } catch (error) {
      this.#checked = undefined
      throw error
    }
    return await this.#write({ ...this.#frame(), ...activity })
  }

  /**
   * The latest entries, the newest first. Lines that cannot be read are left out here; `verify` tells of them.
   * @throws FailureError `file-unreadable`, `storage-damaged` where it is no plain file
   */
  async list({ limit }: { readonly limit: number }): Promise<readonly ActivityEntry[]> {
    const latest: ActivityEntry[] = []
    for await (const { record } of this.#log.lines()) {
      if (record === undefined) continue
      latest.push(record)
      // Dropping one by one would move the rest for every line of a long history.
      if (latest.length > 2 * limit + 100) latest.splice(0, latest.length - limit)
    }
    return latest.reverse().slice(0, limit)
  }

  /**
   * Checks the whole chain. Lost lines at the very end are only found against `anchor`, an earlier report's `end`.
   * @throws FailureError `file-unreadable`, `storage-damaged` where it is no plain file
   */
  async verify(anchor?: ChainEnd): Promise<ChainReport> {
    return await verifyChain(this.#log.lines(), anchor)
  }

  /** Says once that earlier lines were changed: again only where there are other problems than those told last. */
  async #noteTampering(): Promise<void> {
    const { problems } = await this.verify()
    if (problems.length === 0) return
    const told = problems.map(({ line, problem }) => `${line} ${problem}`).join(', ')
    const facts = { problems: String(problems.length), lines: told.slice(0, 2000) }
    const last = await this.#lastTold()
    if (last?.['problems'] === facts.problems && last['lines'] === facts.lines) return
    await this.#write({ ...this.#frame(), action: tamperAction, subject: 'activity', facts })
  }

  async #lastTold(): Promise<ActivityEntry['facts'] | undefined> {
    let facts: ActivityEntry['facts'] | undefined
    for await (const { record } of this.#log.lines()) {
      if (record?.action === tamperAction) ({ facts } = record)
    }
    return facts
  }

  async #write(deed: Deed): Promise<ActivityEntry> {
    const entry = await this.#log.appendAfter((last) => chained(deed, later(last, this.#end)))
    this.#end = { sequence: entry.sequence, hash: entry.hash }
    return entry
  }
}

function later(one: ChainEnd | undefined, other: ChainEnd | undefined): ChainEnd | undefined {
  return (one?.sequence ?? 0) >= (other?.sequence ?? 0) ? one : other
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // In containers a user may have a number and no name.
    return `user ${String(process.getuid?.() ?? 'unknown')}`
  }
}
