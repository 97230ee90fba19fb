import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import {
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs'
import type { Socket } from 'node:net'
import ssh2 from 'ssh2'
import type { OpenRequest } from '../witness.ts'
import type { Place } from './disk.ts'
import type { FileEffect } from './faults.ts'
import type { Server } from './server.ts'

const { OPEN_MODE: openMode } = ssh2.utils.sftp

export interface FileOpening {
  readonly place: Place
  /** As SFTP numbers them. */
  readonly flags: number
  readonly fault: FileEffect | undefined
  readonly user: string
  readonly socket: Socket
  readonly request: OpenRequest
}

/** One file that is being read or written over SFTP, with what goes wrong with it. */
export class OpenFile {
  readonly #server: Server
  readonly #opening: FileOpening
  readonly #descriptor: number
  readonly #isWrite: boolean
  #bytes = 0
  #isCut = false

  /** Throws what the file system throws. */
  constructor(server: Server, opening: FileOpening) {
    this.#server = server
    this.#opening = opening
    this.#isWrite = (opening.flags & openMode.WRITE) !== 0
    if (!this.#isWrite) {
      this.#descriptor = openSync(opening.place.real, constants.O_RDONLY)
      if (fstatSync(this.#descriptor).isDirectory()) {
        closeSync(this.#descriptor)
        throw Object.assign(new Error('is a folder'), { code: 'EISDIR' })
      }
    } else this.#descriptor = openSync(opening.place.real, writingFlags(opening.flags), 0o644)
  }

  read(offset: number, length: number): Buffer | 'eof' | 'cut' {
    if (this.#isCut) return 'cut'
    const content = Buffer.alloc(Math.min(length, 262_144))
    const kept = content.subarray(0, readSync(this.#descriptor, content, 0, content.length, offset))
    if (kept.length === 0) return 'eof'
    if (this.#cutsAt(kept.length)) return 'cut'
    this.#bytes += kept.length
    const { fault } = this.#opening
    const at = fault?.effect === 'damage-file' ? fault.offset - offset : -1
    if (at >= 0 && at < kept.length) kept.writeUInt8(kept.readUInt8(at) ^ 1, at)
    return kept
  }

  write(offset: number, content: Buffer): 'written' | 'full' | 'cut' {
    if (this.#isCut) return 'cut'
    const { fault, place } = this.#opening
    const room =
      fault?.effect === 'disk-full' ? fault.afterBytes - this.#bytes : this.#server.freeBytes(place.shown)
    if (content.length > room) return 'full'
    if (this.#cutsAt(content.length)) return 'cut'
    writeSync(this.#descriptor, content, 0, content.length, offset)
    this.#bytes += content.length
    return 'written'
  }

  stat(): Stats {
    return fstatSync(this.#descriptor)
  }

  /** Seconds since 1970; what is no number is no wish. */
  setModifiedAt(seconds: number): void {
    if (Number.isFinite(seconds)) futimesSync(this.#descriptor, seconds, seconds)
  }

  close(): void {
    this.#finish(this.#isWrite || this.#bytes >= this.stat().size)
  }

  /** The connection is gone with the file still open. */
  breakOff(): void {
    this.#finish(false)
  }

  #finish(bodyComplete: boolean): void {
    closeSync(this.#descriptor)
    const { place, user, fault, request } = this.#opening
    const bodySha256 = createHash('sha256').update(readFileSync(place.real)).digest('hex')
    request.finish({
      user,
      bodyBytes: this.#bytes,
      bodySha256,
      bodyComplete,
      status: 0,
      fault: fault?.effect,
    })
  }

  /** Whether the next bytes are the ones that are not carried any more. */
  #cutsAt(length: number): boolean {
    const { fault, socket } = this.#opening
    if (fault?.effect !== 'cut-file' || this.#bytes + length <= fault.afterBytes) return false
    this.#isCut = true
    if (fault.how === 'reset') socket.resetAndDestroy()
    return true
  }
}

function writingFlags(flags: number): number {
  const { CREAT, TRUNC, EXCL, APPEND, READ } = openMode
  const wanted = [
    [CREAT, constants.O_CREAT],
    [TRUNC, constants.O_TRUNC],
    [EXCL, constants.O_EXCL],
    [APPEND, constants.O_APPEND],
  ] as const
  return wanted.reduce(
    (all, [sftp, own]) => ((flags & sftp) === 0 ? all : all | own),
    (flags & READ) === 0 ? constants.O_WRONLY : constants.O_RDWR,
  )
}
