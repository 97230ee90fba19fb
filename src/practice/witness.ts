import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { LoggedEvent, LoggedRequest } from './practice-device.ts'

/** A request that has arrived and whose end is still to be written. */
export interface OpenRequest {
  readonly sequence: number
  readonly finish: (end: RequestEnd) => void
}

/** What is known of a request as soon as its head has arrived. */
export interface RequestHead {
  readonly method: string
  readonly path: string
  readonly connection: number
}

export type RequestEnd = Pick<
  LoggedRequest,
  'user' | 'bodyBytes' | 'bodySha256' | 'bodyComplete' | 'status' | 'fault'
>

/** The device's own record of what reached it, on which tests and rehearsals settle arguments. */
export interface Witness {
  readonly requests: () => readonly LoggedRequest[]
  readonly events: () => readonly LoggedEvent[]
  readonly arrived: (head: RequestHead) => OpenRequest
  readonly event: (event: string, facts?: Readonly<Record<string, unknown>>) => void
  readonly close: () => void
}

/**
 * Opens the append-only record in `file`, one JSON document a line.
 *
 * A request that may change the device is written twice, when it arrives and when it is answered, and both
 * lines are on the disk before the device goes on. So even after a power cut the record holds every changing
 * request that was acted upon. Reading requests are written once, when they are answered.
 */
export function openWitness(file: string, clock: () => number): Witness {
  let sequence = lastSequence(file)
  const descriptor = openSync(file, 'a', 0o600)
  const requests: LoggedRequest[] = []
  const events: LoggedEvent[] = []
  const now = (): string => new Date(clock()).toISOString()

  function write(line: unknown, flush: boolean): void {
    writeSync(descriptor, `${JSON.stringify(line)}\n`)
    if (flush) fsyncSync(descriptor)
  }

  return {
    requests: () => requests,
    events: () => events,
    arrived: (head) => {
      sequence += 1
      const changing = isChanging(head.method)
      const arrival = { sequence, receivedAt: now(), ...head }
      const place = requests.push({ ...arrival, ...unfinished }) - 1
      if (changing) write({ kind: 'arrived', ...arrival }, true)
      return {
        sequence,
        finish: (end) => {
          const request: LoggedRequest = { ...arrival, ...end }
          requests[place] = request
          write({ kind: 'answered', answeredAt: now(), ...request }, changing)
        },
      }
    },
    event: (event, facts = {}) => {
      sequence += 1
      const logged: LoggedEvent = { sequence, at: now(), event, facts }
      events.push(logged)
      write({ kind: 'event', ...logged }, true)
    },
    close: () => {
      closeSync(descriptor)
    },
  }
}

/** What a request counts as until its end is written. */
const unfinished: RequestEnd = {
  user: undefined,
  bodyBytes: 0,
  bodySha256: '',
  bodyComplete: false,
  status: undefined,
  fault: undefined,
}

function isChanging(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

function lastSequence(file: string): number {
  let last = 0
  for (const line of readExisting(file).split('\n')) {
    const found = /"sequence":(\d+)/.exec(line)?.[1]
    if (found !== undefined) last = Math.max(last, Number(found))
  }
  return last
}

function readExisting(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw cause
  }
}
