import type { Stats } from 'node:fs'
import { lstatSync, mkdirSync, renameSync, rmSync, rmdirSync, utimesSync } from 'node:fs'
import type { Socket } from 'node:net'
import type { FileEntry, SFTPWrapper } from 'ssh2'
import ssh2 from 'ssh2'
import type { Place } from './disk.ts'
import { isFileFault } from './faults.ts'
import { endedWith } from '../ssh/logged.ts'
import { OpenFile } from './open-file.ts'
import type { Server } from './server.ts'

const { STATUS_CODE: statusCode, OPEN_MODE: openMode } = ssh2.utils.sftp

/** What a user of SFTP is known by. */
export interface FilesCall {
  readonly user: string
  readonly socket: Socket
  readonly number: number
}

/** A listing that is read page by page. */
interface OpenFolder {
  readonly entries: FileEntry[]
}

class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

const entriesPerPage = 100

/**
 * Serves version 3 of SFTP over the server's disk. Every operation on a name is in the witness as `SFTP` with the
 * operation and the path as SFTP shows it; a file is there once, from its opening to its end, with what was carried.
 */
export function serveFiles(server: Server, sftp: SFTPWrapper, call: FilesCall): void {
  new FileService(server, sftp, call).serve()
}

class FileService {
  readonly #server: Server
  readonly #sftp: SFTPWrapper
  readonly #call: FilesCall
  readonly #handles = new Map<number, OpenFile | OpenFolder>()
  #lastHandle = 0

  constructor(server: Server, sftp: SFTPWrapper, call: FilesCall) {
    this.#server = server
    this.#sftp = sftp
    this.#call = call
  }

  serve(): void {
    const sftp = this.#sftp
    // A client that vanishes leaves files open; the witness then says that they broke off.
    this.#call.socket.once('close', () => {
      for (const open of this.#handles.values()) if (open instanceof OpenFile) open.breakOff()
      this.#handles.clear()
    })
    sftp.on('error', () => this.#call.socket.destroy())
    // A client that is done waits for the goodbye of the server.
    sftp.on('end', () => {
      sftp.end()
    })
    sftp.on('REALPATH', (id, path) => {
      this.#onName(id, ['realpath', path], (place) => {
        const entry = { filename: place.shown, longname: place.shown, attrs: noAttributes }
        sftp.name(id, [entry])
      })
    })
    const stat = (id: number, path: string): void => {
      this.#onName(id, ['stat', path], (place) => {
        sftp.attrs(id, attributesOf(lstatSync(place.real)))
      })
    }
    sftp.on('STAT', stat)
    sftp.on('LSTAT', stat)
    sftp.on('OPENDIR', (id, path) => {
      this.#onName(id, ['list', path], (place) => {
        sftp.handle(id, this.#keep({ entries: this.#list(place) }))
      })
    })
    sftp.on('READDIR', (id, handle) => {
      const open = this.#handles.get(handle.readUInt32BE(0))
      if (open === undefined || open instanceof OpenFile) sftp.status(id, statusCode.FAILURE)
      else if (open.entries.length === 0) sftp.status(id, statusCode.EOF)
      else sftp.name(id, open.entries.splice(0, entriesPerPage))
    })
    sftp.on('MKDIR', (id, path) => {
      this.#change(id, ['make-folder', path], (place) => {
        mkdirSync(place.real)
      })
    })
    sftp.on('RMDIR', (id, path) => {
      this.#change(id, ['remove-folder', path], (place) => {
        rmdirSync(place.real)
      })
    })
    sftp.on('REMOVE', (id, path) => {
      this.#change(id, ['remove', path], (place) => {
        rmSync(place.real)
      })
    })
    sftp.on('RENAME', (id, from, to) => {
      this.#change(id, ['rename', from, to], (place, target) => {
        if (target === undefined) throw new Refusal(statusCode.NO_SUCH_FILE, 'No such file')
        // Version 3 refuses to replace, unlike rename(2).
        if (lstatSync(target.real, { throwIfNoEntry: false }))
          throw new Refusal(statusCode.FAILURE, 'Failure')
        renameSync(place.real, target.real)
      })
    })
    sftp.on('SETSTAT', (id, path, { mtime }) => {
      this.#change(id, ['set-attributes', path], (place) => {
        lstatSync(place.real)
        if (Number.isFinite(mtime)) utimesSync(place.real, mtime, mtime)
      })
    })
    this.#serveContent()
    // Neither links nor extensions: as a server that has none of them.
    sftp.on('READLINK', (id) => sftp.status(id, statusCode.OP_UNSUPPORTED))
    sftp.on('SYMLINK', (id) => sftp.status(id, statusCode.OP_UNSUPPORTED))
    sftp.on('EXTENDED', (id) => sftp.status(id, statusCode.OP_UNSUPPORTED))
  }

  #serveContent(): void {
    const sftp = this.#sftp
    sftp.on('OPEN', (id, path, flags) => {
      this.#open(id, path, flags)
    })
    sftp.on('READ', (id, handle, offset, length) => {
      this.#onFile(id, handle, (file) => {
        const content = file.read(offset, length)
        if (content === 'eof') sftp.status(id, statusCode.EOF)
        else if (content !== 'cut') sftp.data(id, content)
      })
    })
    sftp.on('WRITE', (id, handle, offset, content) => {
      this.#onFile(id, handle, (file) => {
        const outcome = file.write(offset, content)
        if (outcome === 'written') sftp.status(id, statusCode.OK)
        else if (outcome === 'full') sftp.status(id, statusCode.FAILURE, 'No space left on device')
      })
    })
    sftp.on('FSTAT', (id, handle) => {
      this.#onFile(id, handle, (file) => {
        sftp.attrs(id, attributesOf(file.stat()))
      })
    })
    sftp.on('FSETSTAT', (id, handle, { mtime }) => {
      this.#onFile(id, handle, (file) => {
        file.setModifiedAt(mtime)
        sftp.status(id, statusCode.OK)
      })
    })
    sftp.on('CLOSE', (id, handle) => {
      const number = handle.readUInt32BE(0)
      const open = this.#handles.get(number)
      this.#handles.delete(number)
      if (open instanceof OpenFile) open.close()
      sftp.status(id, open === undefined ? statusCode.FAILURE : statusCode.OK)
    })
  }

  #open(id: number, path: string, flags: number): void {
    const isWrite = (flags & openMode.WRITE) !== 0
    const operation = isWrite ? 'write' : 'read'
    const place = this.#place(path)
    const line = `${operation} ${place?.shown ?? path}`
    const { user, number, socket } = this.#call
    const fault = this.#server.faults.take(line, isFileFault)
    const request = this.#server.witness.arrived({ method: 'SFTP', path: line, connection: number })
    try {
      if (place === undefined) throw new Refusal(statusCode.NO_SUCH_FILE, 'No such file')
      if (fault?.effect === 'refuse-file')
        throw new Refusal(statusCode.PERMISSION_DENIED, 'Permission denied')
      const file = new OpenFile(this.#server, { place, flags, fault, user, socket, request })
      this.#sftp.handle(id, this.#keep(file))
    } catch (cause) {
      const { code, message } = refusalOf(cause)
      request.finish(endedWith(code, { user, fault: fault?.effect }))
      this.#sftp.status(id, code, message)
    }
  }

  #onFile(id: number, handle: Buffer, act: (file: OpenFile) => void): void {
    const open = this.#handles.get(handle.readUInt32BE(0))
    if (open instanceof OpenFile) act(open)
    else this.#sftp.status(id, statusCode.FAILURE)
  }

  /** Does something with a name, tells the witness, and answers only where it goes wrong. */
  #onName(
    id: number,
    [operation, path, to]: readonly [operation: string, path: string, to?: string],
    act: (place: Place, target: Place | undefined) => void,
  ): void {
    const place = this.#place(path)
    const target = to === undefined ? undefined : this.#place(to)
    const names = [place?.shown ?? path, ...(to === undefined ? [] : [target?.shown ?? to])]
    const { user, number } = this.#call
    const request = this.#server.witness.arrived({
      method: 'SFTP',
      path: `${operation} ${names.join(' ')}`,
      connection: number,
    })
    try {
      if (place === undefined) throw new Refusal(statusCode.NO_SUCH_FILE, 'No such file')
      act(place, target)
      request.finish(endedWith(statusCode.OK, { user }))
    } catch (cause) {
      const { code, message } = refusalOf(cause)
      request.finish(endedWith(code, { user }))
      this.#sftp.status(id, code, message)
    }
  }

  #change(
    id: number,
    names: readonly [operation: string, path: string, to?: string],
    act: (place: Place, target: Place | undefined) => void,
  ): void {
    this.#onName(id, names, (place, target) => {
      act(place, target)
      this.#sftp.status(id, statusCode.OK)
    })
  }

  #place(path: string): Place | undefined {
    const home = this.#server.disk.known(
      this.#server.edition.homeFolder(this.#server.options.credentials.user),
    )
    return this.#server.disk.place(path, home.shown)
  }

  #list(folder: Place): FileEntry[] {
    const { disk } = this.#server
    return disk.names(folder).flatMap((filename) => {
      const place = disk.place(`${folder.shown}/${filename}`)
      if (place === undefined) return []
      const attrs = attributesOf(lstatSync(place.real))
      return [{ filename, longname: longName(filename, attrs), attrs }]
    })
  }

  #keep(open: OpenFile | OpenFolder): Buffer {
    this.#lastHandle += 1
    this.#handles.set(this.#lastHandle, open)
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(this.#lastHandle, 0)
    return handle
  }
}

const noAttributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 }

function attributesOf({ mode, size, atimeMs, mtimeMs }: Stats): FileEntry['attrs'] {
  const seconds = (ms: number): number => Math.floor(ms / 1000)
  return { mode, uid: 0, gid: 0, size, atime: seconds(atimeMs), mtime: seconds(mtimeMs) }
}

function longName(name: string, { mode, size, mtime }: FileEntry['attrs']): string {
  const kind = (mode & 0o170000) === 0o040000 ? 'd' : '-'
  const rights = [6, 3, 0]
    .map((shift) => ['r', 'w', 'x'].map((sign, bit) => ((mode >> shift) & (4 >> bit) ? sign : '-')).join(''))
    .join('')
  const date = new Date(mtime * 1000).toUTCString().split(' ')
  const when = `${date[2] ?? ''} ${date[1] ?? ''} ${date[3] ?? ''}`
  return `${kind}${rights}    1 0        0        ${String(size).padStart(10)} ${when} ${name}`
}

function refusalOf(cause: unknown): { readonly code: number; readonly message: string } {
  if (cause instanceof Refusal) return cause
  const { code } = cause as NodeJS.ErrnoException
  if (code === undefined) throw cause
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return { code: statusCode.NO_SUCH_FILE, message: 'No such file' }
  if (code === 'EACCES' || code === 'EPERM') {
    return { code: statusCode.PERMISSION_DENIED, message: 'Permission denied' }
  }
  return { code: statusCode.FAILURE, message: 'Failure' }
}
