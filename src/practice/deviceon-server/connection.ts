import type { Socket } from 'node:net'
import type { Connection, ServerChannel } from 'ssh2'
import { answerLogin } from '../ssh/login.ts'
import type { SshUser } from '../ssh/login.ts'
import type { Line } from '../ssh/ssh-server.ts'
import { gone } from '../ssh/ssh-server.ts'
import type { Answer } from './answer.ts'
import { refused } from './answer.ts'
import { isCommandFault, isRecoveryFault } from './faults.ts'
import { serveForwarding } from './forwarding.ts'
import { endedWith } from '../ssh/logged.ts'
import { runRecoveryTool } from './recovery-tool.ts'
import type { Server } from './server.ts'
import { serveFiles } from './sftp.ts'
import { Terminal } from './terminal.ts'
import { runUbuntuLine } from './ubuntu-commands.ts'
import { runWindowsLine } from './windows-commands.ts'

/**
 * Serves one connection: logins, then commands with or without a terminal, SFTP, and connections carried on to the
 * portal. There is no shell.
 */
export function serveConnection(
  server: Server,
  client: Connection,
  line: Line & { portalPort: number },
): void {
  const { socket, number, portalPort } = line
  const { credentials, authorizedKeys = [] } = server.options
  const known: SshUser = { ...credentials, authorizedKeys }
  let user: string | undefined
  client.on('authentication', (context) => {
    const found = isSameUser(server, context.username, known.user) ? known : undefined
    if (answerLogin(server.witness, context, { found, number })) user = known.user
  })
  // What a client does wrong ends its connection and nothing else.
  client.on('error', () => socket.destroy())
  client.on('tcpip', (accept, reject, { destIP, destPort }) => {
    if (user === undefined) return
    serveForwarding(server, { accept, reject }, { address: destIP, port: destPort, portalPort, user, number })
  })
  client.on('session', (accept) => {
    const session = accept()
    let isPty = false
    session.on('pty', (acceptPty) => {
      isPty = true
      // Without a wish for an answer there is nothing to call.
      ;(acceptPty as (() => void) | undefined)?.()
    })
    session.on('exec', (acceptExec, _reject, { command }) => {
      if (user === undefined) return
      server.track(serveCommand(server, acceptExec(), { line: command, isPty, user, socket, number }))
    })
    session.on('sftp', (acceptSftp) => {
      if (user !== undefined) serveFiles(server, acceptSftp(), { user, socket, number })
    })
  })
}

/** Windows does not mind the case of a name. */
function isSameUser({ edition }: Server, given: string, wanted: string): boolean {
  return edition.id === 'windows' ? given.toLowerCase() === wanted.toLowerCase() : given === wanted
}

interface CommandCall {
  readonly line: string
  readonly isPty: boolean
  readonly user: string
  readonly socket: Socket
  readonly number: number
}

async function serveCommand(server: Server, channel: ServerChannel, call: CommandCall): Promise<void> {
  const { line, user, socket, number } = call
  // A channel whose connection has gone answers with an error that nobody is left to hear.
  channel.on('error', () => undefined)
  const effect = server.faults.take(line, isCommandFault)
  const open = server.witness.arrived({ method: 'EXEC', path: line, connection: number })
  let status: number | undefined
  let input: Terminal['input'] | undefined
  let fault: string | undefined = effect?.effect
  try {
    if (effect?.effect === 'silence') await gone(socket)
    else if (effect?.effect === 'fail') {
      status = say(server, channel, refused(`${effect.message}\n`, effect.exitCode))
    } else {
      if (effect?.effect === 'swap-identity') server.swap()
      const run = server.edition.id === 'windows' ? runWindowsLine : runUbuntuLine
      const reaction = run(server, line, effect)
      if (reaction === 'recovery-tool') {
        const terminal = new Terminal(channel, { edition: server.edition, isPty: call.isPty })
        const recoveryEffect = server.faults.take(line, isRecoveryFault)
        fault ??= recoveryEffect?.effect
        status = await runRecoveryTool({
          server,
          run: open.sequence,
          terminal,
          socket,
          effect: recoveryEffect,
        })
        input = terminal.input
      } else status = say(server, channel, reaction)
    }
  } catch (cause) {
    // Must not look like a silence somebody asked for.
    socket.resetAndDestroy()
    server.witness.event('simulator-error', { message: cause instanceof Error ? cause.stack : String(cause) })
  }
  open.finish({ ...endedWith(status, { user, fault }), ...input })
  if (status === undefined || socket.destroyed) return
  channel.exit(status)
  channel.end()
}

function say({ edition }: Server, channel: ServerChannel, { output, errors, exitCode }: Answer): number {
  if (output !== '') channel.write(output.replaceAll('\n', edition.newline))
  if (errors !== '') channel.stderr.write(errors.replaceAll('\n', edition.newline))
  return exitCode
}
