import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname, uptime } from 'node:os'

/**
 * The name of a running process that no later process shares: `<host>-<boot>-<process id>-<start>`.
 *
 * It is part of the names of locks, staging folders and temporary files, so that what a crash left behind can be told
 * from what is in use, without a second file that a crash could tear apart from the first.
 * - host: computer and process-id namespace, so that a container or another computer is never judged from here
 * - boot and start: on Linux the boot id and the kernel's start time of the process, which together outlive any
 *   re-use of process ids. Other systems tell neither to other processes, so there it is `0` and the seconds
 *   since boot when the mark was made: an id that was re-used since counts as alive until the next boot.
 */
export type ProcessMark = string & { readonly __brand: 'ProcessMark' }

/** `gone` is certain; `foreign` belongs to another computer or container and cannot be judged from here. */
export type OwnerState = 'alive' | 'gone' | 'foreign'

const markPattern = '[0-9a-f]{8}-[0-9a-f]{1,8}-[0-9]{1,10}-[0-9]{1,20}'
const markFields = /^([0-9a-f]{8})-([0-9a-f]{1,8})-([0-9]{1,10})-([0-9]{1,20})$/

/** The mark of this process. */
export function ownMark(): ProcessMark {
  const start = linuxProcess(process.pid)?.start ?? String(Math.floor(uptime()))
  return `${hostPart()}-${bootPart()}-${process.pid}-${start}` as ProcessMark
}

/** A name that is unique and tells its owner: `<mark>-<8 hex digits>`. */
export function ownedName(): string {
  return `${ownMark()}-${randomBytes(4).toString('hex')}`
}

/** Matches names made by `ownedName` within a longer pattern; the one group is the mark. */
export const ownedNamePattern = `(${markPattern})-[0-9a-f]{8}`

/** Whether the process of a mark still runs. */
export function ownerState(mark: string): OwnerState {
  const [, host, boot, idText, start = ''] = markFields.exec(mark) ?? []
  if (host !== hostPart()) return 'foreign'
  if (boot !== bootPart()) return 'gone'
  const id = Number(idText)
  if (!isRunning(id)) return 'gone'
  if (boot === '0') return uptime() < Number(start) ? 'gone' : 'alive'
  const seen = linuxProcess(id)
  // Hidden from this user (mount option hidepid), but the signal found it: someone's, and alive.
  if (seen === undefined) return 'alive'
  return seen.start === start && !seen.ended ? 'alive' : 'gone'
}

/** The process id in a mark, to tell a person who holds something. */
export function processIdOf(mark: string): number | undefined {
  const id = markFields.exec(mark)?.[3]
  return id === undefined ? undefined : Number(id)
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    // Only "no such process" proves it; EPERM means that it runs as somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

interface LinuxProcess {
  readonly start: string
  /** It has ended and only waits for its parent to take note. */
  readonly ended: boolean
}

/** What /proc says; `undefined` where there is no such process or no /proc. Fields as in proc_pid_stat(5). */
function linuxProcess(id: number): LinuxProcess | undefined {
  const text = readOrNothing(`/proc/${id}/stat`)
  // The second field is the program's name in brackets and may itself hold spaces and brackets.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  const start = fields?.[19]
  return start === undefined ? undefined : { start, ended: fields?.[0] === 'Z' || fields?.[0] === 'X' }
}

function hostPart(): string {
  let namespace = ''
  try {
    namespace = readlinkSync('/proc/self/ns/pid')
  } catch {
    // Not Linux: there is one namespace.
  }
  return shortHash(`${hostname()}\n${readOrNothing('/etc/machine-id') ?? ''}\n${namespace}`)
}

function bootPart(): string {
  const id = readOrNothing('/proc/sys/kernel/random/boot_id')
  return id === undefined ? '0' : shortHash(id)
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    // These files are Linux's own; where one is missing the mark simply says less.
    return undefined
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
