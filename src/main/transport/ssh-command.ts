import type { ClientChannel, ExecOptions } from 'ssh2'
import type { Watch } from './deadlines.ts'
import { SshChannel } from './ssh-channel.ts'
import type { SshLine } from './ssh-line.ts'
import { openOn } from './ssh-open.ts'

/** Wide enough that no path is broken into lines. */
const terminal = { term: 'dumb', cols: 500, rows: 100 } as const

/** Starts a command, in a terminal where it is one that talks to a person. Throws RequestError. */
export async function startCommand(
  line: SshLine,
  watch: Watch,
  { command, inTerminal = false }: { readonly command: string; readonly inTerminal?: boolean },
): Promise<SshChannel> {
  const options: ExecOptions = inTerminal ? { pty: terminal } : {}
  return await openOn<ClientChannel, SshChannel>(line, watch, {
    name: command,
    ask: (answer) => {
      line.client.exec(command, options, answer)
    },
    take: (channel) => new SshChannel(channel, line, watch, command),
    letGo: (channel) => {
      channel.on('error', () => undefined)
      channel.pause()
      channel.close()
    },
  })
}
