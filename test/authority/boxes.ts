import { mustBeEqual } from '../../src/shared/compatibility/rule.ts'
import { FailureError } from '../../src/shared/failure.ts'
import { fact, type Identity } from '../../src/shared/model/identity.ts'
import type {
  Commitment,
  ConnectRequest,
  DeviceSession,
  Family,
  PreparedRestore,
} from '../../src/main/families/family.ts'
import { zipOf } from '../main/fake-family.ts'
import type { Stranger } from './stands.ts'

const at = '2026-11-21T06:00:00.000Z'

/** A device in this process. What reaches it is written to its own record, which is only ever added to. */
export class Box {
  readonly model: string
  readonly serial: string
  readonly hostname: string
  readonly key: string
  readonly #record: string[] = []

  constructor({ serial, key, name, model }: Stranger = {}) {
    this.model = model ? 'Box 2' : 'Box'
    this.serial = serial ? 'S-2' : 'S-1'
    this.hostname = name ? 'press-8' : 'press-7'
    this.key = key ? 'SHA256:other' : 'SHA256:first'
  }

  get record(): readonly string[] {
    return this.#record
  }

  hear(request: string): void {
    this.#record.push(request)
  }
}

/** One address in a network without a wire; after so many exchanges another box has it, and every line is dead. */
export class Place {
  box: Box
  line = 1
  exchanges = 0
  readonly #swapAfter: number
  readonly #next: Box

  constructor(box: Box, next: Box, swapAfter: number) {
    this.box = box
    this.#next = next
    this.#swapAfter = swapAfter
  }

  /** One exchange over a line; what is sent over a dead one is lost. */
  exchange(line: number, request: string): Box {
    if (this.exchanges === this.#swapAfter) {
      this.box = this.#next
      this.line += 1
    }
    this.exchanges += 1
    if (line !== this.line) throw lost()
    this.box.hear(request)
    return this.box
  }
}

function lost(): FailureError {
  return new FailureError({ code: 'connection-lost', address: 'box', phase: 'asking', bytesDone: 0 })
}

/**
 * A family that opens a lost line anew by itself whenever it reads, which is as careless as a family may be: it looks
 * at the key alone. That it still is the right device is left to the use case.
 */
export function boxFamily(place: () => Place): Family {
  return {
    id: 'linux-host',
    protocol: 'ssh',
    login: 'needed',
    stated: () => ({}),
    rules: [
      {
        id: 'T1',
        hard: true,
        source: 'test',
        evaluate: ({ archive, target }) => mustBeEqual(archive.source.systemVersion, target?.systemVersion),
      },
    ],
    checkFacts: (facts) => facts,
    connect: (request) => Promise.resolve().then(() => new BoxSession(place(), request)),
    planRestore: () => ({ steps: [], notRestored: [], sideEffects: [], roomNeededBytes: undefined }),
    restore: {
      kind: 'automatic',
      observe: ({ commitment }) =>
        Promise.resolve({
          outcome: commitment.kind === 'accepted' ? 'verified-new' : 'unknown',
          protocol: [],
          errorCount: 0,
          warningCount: 0,
          differences: [],
          remarks: [],
        }),
    },
  }
}

const pieceCount = 25
const uploadPieces = 70

class BoxSession implements DeviceSession {
  readonly #place: Place
  readonly #accepted: readonly string[]
  #line = 0
  #identifiedOn = 0

  constructor(place: Place, { fingerprints }: ConnectRequest) {
    this.#place = place
    this.#accepted = fingerprints
    this.#open()
  }

  get fingerprint(): string {
    return this.#accepted[0] ?? ''
  }

  identify(): Promise<Identity> {
    return Promise.resolve().then(() => {
      for (;;) {
        const identity = this.#readIdentity()
        if (identity) return identity
      }
    })
  }

  scope() {
    return Promise.resolve({ parts: [], leftOut: [] })
  }

  async backUp() {
    this.#read('list')
    this.#place.exchange(this.#line, 'make backup')
    this.#read('task')
    const bytes = await zipOf('state of today')
    const size = Math.ceil(bytes.length / pieceCount)
    const next = (index: number): Uint8Array => {
      this.#place.exchange(this.#line, 'piece')
      return bytes.subarray(index * size, (index + 1) * size)
    }
    return {
      fileName: 'state.zip',
      announcedBytes: bytes.length,
      content: (async function* () {
        for (let index = 0; index < pieceCount; index += 1) yield await Promise.resolve(next(index))
      })(),
      finish: () =>
        Promise.resolve({ scope: { parts: [], leftOut: [] }, passwordProtected: false, messages: [] }),
    }
  }

  prepareRestore(): Promise<PreparedRestore> {
    return Promise.resolve().then(() => {
      this.#read('tasks')
      return { commit: () => Promise.resolve().then(() => this.#commit()), abandon: () => Promise.resolve() }
    })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve()
  }

  #open(): void {
    const { box, line } = this.#place
    if (!this.#accepted.includes(box.key)) {
      const pin = { pinned: this.fingerprint, offered: box.key }
      throw new FailureError({ code: 'pin-changed', address: 'box', pinKind: 'ssh', ...pin })
    }
    this.#line = line
    this.#place.exchange(line, 'login')
  }

  #read(what: string): Box {
    try {
      return this.#place.exchange(this.#line, what)
    } catch {
      // The line is dead: whoever is there now is asked, if the key is an accepted one.
      this.#open()
      return this.#place.exchange(this.#line, what)
    }
  }

  #readIdentity(): Identity | undefined {
    const { model } = this.#read('model')
    const before = this.#line
    const { serial } = this.#read('serial')
    const { hostname } = this.#read('hostname')
    this.#read('version')
    if (this.#line !== before) return undefined
    this.#identifiedOn = before
    return {
      family: 'linux-host',
      readAt: at,
      model: fact(model, 'probed', at),
      serial: fact(serial, 'probed', at),
      hostname: fact(hostname, 'probed', at),
      systemVersion: fact('4.6', 'probed', at),
    }
  }

  #commit(): Commitment {
    if (this.#identifiedOn !== this.#line || this.#line !== this.#place.line) throw lost()
    for (let piece = 0; piece < uploadPieces; piece += 1) {
      try {
        this.#place.exchange(this.#line, piece === 0 ? 'COMMIT' : 'upload')
      } catch (error) {
        if (piece === 0) throw error
        return { kind: 'unanswered', detail: 'lost' }
      }
    }
    return { kind: 'accepted', handle: 'task-1' }
  }
}
