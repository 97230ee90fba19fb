import { activityEntrySchema, type ActivityEntry } from '../../shared/model/activity.ts'
import { sha256Of } from '../storage/digest.ts'
import { parseOrNothing, tornSchema, type LogFormat, type Torn } from '../storage/log-format.ts'

/** `previous` of the first entry. */
export const chainStart = '0'.repeat(64)

/** The entry that closes a torn line, and the one that says that earlier lines were found changed. */
export const recoveredAction = 'recovered'
export const tamperAction = 'tamper-found'

const hashEnd = /,"hash":"([0-9a-f]{64})"\}$/

/** What an entry says, before it has its place in the chain. */
export type Deed = Pick<ActivityEntry, 'at' | 'actor' | 'action' | 'subject' | 'facts'>

/** The end of a chain: what the next entry follows. */
export type ChainEnd = Pick<ActivityEntry, 'sequence' | 'hash'>

/**
 * The next entry of the chain. Its hash is the SHA-256 of its line up to the field `hash`, and covers the hash of the
 * entry before: whoever changes, removes or reorders a line has to write all later ones anew.
 */
export function chained(deed: Deed, end: ChainEnd | undefined): ActivityEntry {
  const { at, actor, action, subject, facts } = deed
  const previous = end?.hash ?? chainStart
  const entry = { sequence: (end?.sequence ?? 0) + 1, at, actor, action, subject, facts, previous }
  return { ...entry, hash: sha256Of(bodyOf(entry)) }
}

/** True where the hash of a line is that of its own text. */
export function isSound(line: string): boolean {
  const found = hashEnd.exec(line)
  return found !== null && found[1] === sha256Of(line.slice(0, found.index))
}

/** Lines of the activity log. `deed` frames the entries that close torn lines. */
export function activityLines(deed: () => Pick<Deed, 'at' | 'actor'>): LogFormat<ActivityEntry> {
  const decode = (line: string) =>
    hashEnd.test(line) ? activityEntrySchema.safeParse(parseOrNothing(line)).data : undefined
  return {
    encode: lineOf,
    decode,
    close: (torn, last) => {
      const facts = { sizeBytes: String(torn.sizeBytes), sha256: torn.sha256 }
      const entry = chained({ ...deed(), action: recoveredAction, subject: 'activity', facts }, last)
      return { line: lineOf(entry), last: entry }
    },
    closes: (line) => closedBy(decode(line)),
  }
}

function closedBy(entry: ActivityEntry | undefined): Torn | undefined {
  if (entry?.action !== recoveredAction) return undefined
  const { sizeBytes, sha256 } = entry.facts
  return tornSchema.safeParse({ sizeBytes: Number(sizeBytes), sha256 }).data
}

function lineOf({ hash, ...entry }: ActivityEntry): string {
  return `${bodyOf(entry)},"hash":"${hash}"}`
}

/** The fields in their order on disk, without the closing brace. */
function bodyOf({
  sequence,
  at,
  actor,
  action,
  subject,
  facts,
  previous,
}: Omit<ActivityEntry, 'hash'>): string {
  return JSON.stringify({ sequence, at, actor, action, subject, facts, previous }).slice(0, -1)
}
