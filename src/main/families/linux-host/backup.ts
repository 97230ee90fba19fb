import { FailureError } from '../../../shared/failure.ts'
import type { LeftOut, Scope } from '../../../shared/model/scope.ts'
import type { CommandEnd } from '../../transport/ssh-channel.ts'
import type { BackupClosing, BackupRequest, BackupStream } from '../family.ts'
import { isWithin, type HostFacts } from './facts.ts'
import { oneLine } from './os-release.ts'
import { chooseParts, readScope } from './scope.ts'
import type { Shell } from './shell.ts'
import { createCommand, type Tar } from './tar.ts'
import { sortTarMessages } from './tar-messages.ts'

/** The transport keeps 64 KiB of error output; nearly as much may be cut. */
const longestMessages = 60_000
const gzipMagic = [0x1f, 0x8b]
const smallestGzip = 18

/** Has the host pack its paths and opens the stream. Nothing is written on the host. */
export async function backUp(
  shell: Shell,
  { facts, tar }: { readonly facts: HostFacts; readonly tar: Tar },
  { parts, signal, onProgress }: BackupRequest,
): Promise<BackupStream> {
  onProgress({ phase: 'preparing-scope', bytesDone: 0 })
  const scope = chooseParts(await readScope(shell, facts, signal), parts)
  const chosen = scope.parts.filter((part) => part.chosen).map(({ id }) => id)
  const hostname = oneLine((await shell.run(['uname', '-n'], { signal })).stdout.toString())
  onProgress({ phase: 'device-preparing', bytesDone: 0 })
  const command = createCommand(tar, facts.root, chosen, 'gzip')
  const stream = await shell.stream(command, { signal, idleMs: shell.timing.packIdleMs })
  const seen = { bytes: 0 }
  return {
    fileName: fileNameFor(hostname, new Date()),
    announcedBytes: undefined,
    content: counted(stream.stdout, seen, shell.address),
    finish: async () => {
      const closing = judge(shell, await stream.finished, { scope, chosen })
      // Without a byte there is nothing that could be opened, even where the host says that all went well (D14).
      if (seen.bytes < smallestGzip) throw notPacked(shell.address, `only ${seen.bytes} bytes came`)
      return closing
    },
  }
}

/** `line-3-20261121T073912Z.tar.gz`: the device's own clock is not asked. */
export function fileNameFor(hostname: string, now: Date): string {
  const name = hostname.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+/, '')
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '')
  return `${name === '' ? 'host' : name.slice(0, 60)}-${time}.tar.gz`
}

/** Passes the bytes on and counts them; what does not begin like a gzip is no backup, whatever the exit code says. */
async function* counted(
  content: AsyncIterable<Buffer>,
  seen: { bytes: number },
  address: string,
): AsyncGenerator<Buffer> {
  const start: number[] = []
  for await (const piece of content) {
    seen.bytes += piece.length
    if (start.length < gzipMagic.length) start.push(...piece.subarray(0, gzipMagic.length - start.length))
    if (start.some((byte, index) => byte !== gzipMagic[index])) {
      throw notPacked(address, 'the output is no gzip')
    }
    yield piece
  }
}

function notPacked(address: string, detail: string): FailureError {
  return new FailureError({ code: 'unexpected-answer', address, request: 'tar', detail })
}

/**
 * The verdict on a backup. A file that changed while it was read is told. A file that the login may not read is told,
 * too, and counts as left out. Everything else that `tar` complains about means that the archive is not whole.
 */
function judge(
  shell: Shell,
  { exitCode, stderr }: CommandEnd,
  { scope, chosen }: { readonly scope: Scope; readonly chosen: readonly string[] },
): BackupClosing {
  const { unreadable, warnings, errors } = sortTarMessages(stderr, chosen)
  const isExplained = unreadable.length + warnings.length > 0 && errors.length === 0
  const isCut = stderr.length >= longestMessages
  const isWholeLoss = chosen.every((part) => unreadable.includes(part))
  if (exitCode !== 0 && (!isExplained || isCut || isWholeLoss || exitCode < 0)) {
    throw shell.failure('tar', exitCode, errors.length > 0 ? errors.join('\n') : stderr)
  }
  const known = scope.leftOut.map(({ what }) => what)
  const more = unreadable.filter((name) => !known.some((path) => isWithin(name, path)))
  return {
    scope: {
      parts: scope.parts.filter(({ id }) => !unreadable.includes(id)),
      leftOut: [...scope.leftOut, ...more.map((what): LeftOut => ({ what, reason: 'not-readable' }))],
    },
    passwordProtected: false,
    messages: [
      ...unreadable.map((name) => ({ severity: 'WARNING', text: `${name}: Permission denied` })),
      ...warnings.map((text) => ({ severity: 'WARNING', text })),
      ...errors.map((text) => ({ severity: 'WARNING', text })),
    ],
  }
}
