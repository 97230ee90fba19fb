import type { FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2'
import { FailureError } from '../../shared/failure.ts'
import { Watch, type Deadlines } from './deadlines.ts'
import { RequestError } from './request-error.ts'
import { unexpected } from './socket-failure.ts'
import { FileCalls, type FileWait } from './ssh-file-calls.ts'
import { openOn } from './ssh-open.ts'
import type { SshLine } from './ssh-line.ts'
import { readPieces, writePieces } from './ssh-transfer.ts'
import type { Input } from './watched-input.ts'

/** What the device says of a file. Sizes and times are left out where it does not say them. */
export interface RemoteStat {
  readonly kind: 'file' | 'folder' | 'other'
  readonly sizeBytes: number | undefined
  /** Whole seconds since 1970, as the device believes them. */
  readonly modifiedSeconds: number | undefined
}

/** A name in a folder: untrusted text, never to be used as a local name. */
export interface RemoteEntry extends RemoteStat {
  readonly name: string
}

/** A file that is open for reading. */
export interface RemoteContent {
  /** As the device said when the file was opened; `content` throws where it is another length. */
  readonly sizeBytes: number
  readonly modifiedSeconds: number | undefined
  /** Pieces of about 1 MiB in their order, read once; many requests are on their way at a time. */
  readonly content: AsyncIterable<Buffer>
}

/**
 * The files of a device over SFTP version 3. Paths are the device's own spelling. Every method throws RequestError with
 * `device-command-failed` where the device refuses, `unexpected-answer`, `connection-lost`, `device-silent`, `cancelled`.
 */
export interface RemoteFiles {
  /** The names in a folder, at most 100,000; `undefined` where there is no such folder. */
  readonly list: (folder: string, wait: FileWait) => Promise<readonly RemoteEntry[] | undefined>
  /** `undefined` where there is no such name. */
  readonly stat: (path: string, wait: FileWait) => Promise<RemoteStat | undefined>
  /** Throws `length-mismatch`, too, while it is read: where more or less comes than the device announced. */
  readonly read: (path: string, wait: FileWait) => Promise<RemoteContent>
  /** Makes a new file, which only this login may read, and gives its length; refuses to replace one. */
  readonly write: (path: string, input: Input, wait: FileWait) => Promise<number>
  readonly makeFolder: (path: string, wait: FileWait) => Promise<void>
  /** Refuses to replace what is there. */
  readonly rename: (from: string, to: string, wait: FileWait) => Promise<void>
  readonly remove: (path: string, wait: FileWait) => Promise<void>
  readonly removeFolder: (path: string, wait: FileWait) => Promise<void>
}

const mostEntries = 100_000
const longestName = 1024

/** Opens the SFTP subsystem. @throws RequestError */
export async function openFiles(
  line: SshLine,
  deadlines: Deadlines,
  signal: AbortSignal,
): Promise<RemoteFiles> {
  const { idleMs } = deadlines
  using watch = new Watch({ address: line.address, phase: 'SFTP', idleMs, signals: [signal, line.lost] })
  const sftp = await openOn<SFTPWrapper, SFTPWrapper>(line, watch, {
    name: 'SFTP',
    ask: (answer) => {
      line.client.sftp(answer)
    },
    take: (channel) => channel,
    letGo: (channel) => {
      channel.on('error', () => undefined)
      channel.end()
    },
  }).catch((error: unknown) => {
    throw withoutSftp(line.address, error)
  })
  return new Files(sftp, line, deadlines)
}

/** A device that does not know the subsystem says no more than that. */
function withoutSftp(address: string, error: unknown): unknown {
  const isRefused = error instanceof RequestError && error.failure.code === 'unexpected-answer'
  if (!isRefused || !/subsystem/i.test(error.failure.detail)) return error
  return new FailureError({ code: 'device-tool-missing', address, tool: 'SFTP' }, { cause: error })
}

class Files implements RemoteFiles {
  readonly #sftp: SFTPWrapper
  readonly #line: SshLine
  readonly #deadlines: Deadlines
  readonly #calls: FileCalls

  constructor(sftp: SFTPWrapper, line: SshLine, deadlines: Deadlines) {
    this.#sftp = sftp
    this.#line = line
    this.#deadlines = deadlines
    this.#calls = new FileCalls(sftp, line, deadlines)
  }

  async list(folder: string, wait: FileWait): Promise<readonly RemoteEntry[] | undefined> {
    return await this.#calls.watched(`list ${folder}`, wait, async (watch) => {
      const handle = await this.#calls.optional<Buffer>(watch, `list ${folder}`, (answer) => {
        this.#sftp.opendir(folder, answer)
      })
      if (handle === undefined) return undefined
      try {
        return await this.#entries(watch, folder, handle)
      } finally {
        this.#close(handle)
      }
    })
  }

  async stat(path: string, wait: FileWait): Promise<RemoteStat | undefined> {
    return await this.#calls.watched(`stat ${path}`, wait, async (watch) => {
      const stats = await this.#calls.optional<Stats>(watch, `stat ${path}`, (answer) => {
        this.#sftp.stat(path, answer)
      })
      return stats && statOf(stats)
    })
  }

  async read(path: string, wait: FileWait): Promise<RemoteContent> {
    const name = `read ${path}`
    return await this.#calls.watched(name, wait, async (watch) => {
      const handle = await this.#calls.one<Buffer>(watch, name, (answer) => {
        this.#sftp.open(path, 'r', answer)
      })
      const { sizeBytes, modifiedSeconds } = statOf(
        await this.#calls.one<Stats>(watch, name, (answer) => {
          this.#sftp.fstat(handle, answer)
        }),
      )
      if (sizeBytes === undefined) throw unexpected(this.#line.address, name, 'the file has no size')
      return { sizeBytes, modifiedSeconds, content: this.#content(name, handle, sizeBytes, wait) }
    })
  }

  async write(path: string, input: Input, wait: FileWait): Promise<number> {
    const name = `write ${path}`
    const transfer = { ...wait, totalMs: wait.totalMs ?? this.#deadlines.transferMs }
    return await this.#calls.watched(name, transfer, async (watch) => {
      const handle = await this.#calls.one<Buffer>(watch, name, (answer) => {
        this.#sftp.open(path, 'wx', 0o600, answer)
      })
      const bytes = await writePieces(this.#sftp, handle, { line: this.#line, watch, name, input })
      // What a device could not keep it may say only now.
      await this.#calls.done(watch, name, (answer) => {
        this.#sftp.close(handle, answer)
      })
      return bytes
    })
  }

  async makeFolder(path: string, wait: FileWait): Promise<void> {
    await this.#calls.change(`mkdir ${path}`, wait, (answer) => {
      this.#sftp.mkdir(path, { mode: 0o700 }, answer)
    })
  }

  async rename(from: string, to: string, wait: FileWait): Promise<void> {
    await this.#calls.change(`rename ${from}`, wait, (answer) => {
      this.#sftp.rename(from, to, answer)
    })
  }

  async remove(path: string, wait: FileWait): Promise<void> {
    await this.#calls.change(`remove ${path}`, wait, (answer) => {
      this.#sftp.unlink(path, answer)
    })
  }

  async removeFolder(path: string, wait: FileWait): Promise<void> {
    await this.#calls.change(`rmdir ${path}`, wait, (answer) => {
      this.#sftp.rmdir(path, answer)
    })
  }

  async *#content(name: string, handle: Buffer, sizeBytes: number, wait: FileWait): AsyncGenerator<Buffer> {
    using watch = this.#calls.watch(name, { ...wait, totalMs: wait.totalMs ?? this.#deadlines.transferMs })
    const progress = { bytesDone: 0 }
    try {
      for await (const piece of readPieces(this.#sftp, handle, {
        line: this.#line,
        watch,
        name,
        sizeBytes,
      })) {
        progress.bytesDone += piece.length
        yield piece
      }
    } catch (error) {
      throw this.#calls.judged(error, name, progress.bytesDone)
    } finally {
      this.#close(handle)
    }
  }

  async #entries(watch: Watch, folder: string, handle: Buffer): Promise<readonly RemoteEntry[]> {
    const found: RemoteEntry[] = []
    const name = `list ${folder}`
    for (;;) {
      const page = await this.#page(watch, name, handle)
      if (page === undefined) return found
      for (const { filename, attrs } of page) {
        if (filename === '.' || filename === '..') continue
        if (filename === '' || filename.length > longestName || /[/\0]/.test(filename)) {
          throw unexpected(this.#line.address, name, `“${filename.slice(0, 80)}” is no name`)
        }
        found.push({ name: filename, ...statOf(attrs) })
      }
      if (found.length > mostEntries) {
        throw unexpected(this.#line.address, name, `more than ${String(mostEntries)} names`)
      }
    }
  }

  /** One page of a listing; `undefined` after the last one. An empty page without end would never end. */
  async #page(
    watch: Watch,
    name: string,
    handle: Buffer,
  ): Promise<readonly FileEntryWithStats[] | undefined> {
    const page = await this.#calls.optional<FileEntryWithStats[]>(
      watch,
      name,
      (answer) => {
        // The typings know paths alone; the protocol lists an open folder page by page.
        this.#sftp.readdir(handle, answer)
      },
      'end',
    )
    if (page?.length === 0) throw unexpected(this.#line.address, name, 'an empty page')
    return page
  }

  /** Nobody waits for it: a handle that is left goes with the connection. */
  #close(handle: Buffer): void {
    if (!this.#calls.alive) return
    this.#sftp.close(handle, () => undefined)
  }
}

function statOf({ mode, size, mtime }: Partial<Pick<Stats, 'mode' | 'size' | 'mtime'>>): RemoteStat {
  const type = (mode ?? 0) & 0o170000
  return {
    kind: type === 0o100000 ? 'file' : type === 0o040000 ? 'folder' : 'other',
    sizeBytes: size !== undefined && Number.isSafeInteger(size) ? size : undefined,
    modifiedSeconds: mtime,
  }
}
