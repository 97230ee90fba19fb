import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Connection, ServerChannel } from 'ssh2'
import { answerLogin } from '../ssh/login.ts'
import { observed } from '../ssh/observed.ts'
import type { Line } from '../ssh/ssh-server.ts'
import { gone } from '../ssh/ssh-server.ts'
import { execute } from './execute.ts'
import type { CommandEffect, Cut } from './faults.ts'
import type { Host } from './host.ts'
import { CutOff } from './host.ts'
import type { HostUser } from './options.ts'

/** Serves one connection: logins, then commands, each on a channel of its own. There is no SFTP and no shell. */
export function serveConnection(host: Host, client: Connection, { socket, number }: Line): void {
  let user: HostUser | undefined
  client.on('authentication', (context) => {
    const found = host.users.find((known) => known.user === context.username)
    if (answerLogin(host.witness, context, { found, number })) user = found
  })
  // What a client does wrong ends its connection and nothing else.
  client.on('error', () => socket.destroy())
  client.on('session', (accept) => {
    const session = accept()
    session.on('exec', (acceptExec, _reject, { command }) => {
      if (user === undefined) return
      host.track(serveCommand(host, acceptExec(), { line: command, user, socket, number }))
    })
    session.on('subsystem', (_accept, reject) => {
      reject()
    })
  })
}

async function serveCommand(
  host: Host,
  channel: ServerChannel,
  call: { readonly line: string; readonly user: HostUser; readonly socket: Socket; readonly number: number },
): Promise<void> {
  const { line, user, socket, number } = call
  // A channel whose connection has gone answers with an error that nobody is left to hear.
  channel.on('error', () => undefined)
  await host.options.beforeCommand?.(line)
  const effect = host.faults.take(line)
  const open = host.witness.arrived({ method: 'EXEC', path: line, connection: number })
  host.running.add(line)
  if (effect?.effect === 'lose-answer') {
    socket.resetAndDestroy()
    await wait(effect.afterMs ?? 0)
  }
  const body = observed(limited(channel, effect, socket))
  let status: number | undefined
  try {
    if (effect?.effect === 'silence') await gone(socket)
    else {
      const streams = {
        input: body.input,
        print: printer(channel, effect, socket),
        complain: complainer(channel),
      }
      status = await execute(host, user, { line, effect, streams })
    }
  } catch (cause) {
    // A cut has ended the connection in its own way; anything else must not look like a silence somebody asked for.
    if (effect === undefined || !('how' in effect)) socket.resetAndDestroy()
    if (!(cause instanceof CutOff))
      host.witness.event('simulator-error', { message: cause instanceof Error ? cause.stack : String(cause) })
  }
  host.running.delete(line)
  open.finish({ ...body.result(), user: user.user, status, fault: effect?.effect })
  if (status === undefined || socket.destroyed) return
  channel.exit(status)
  channel.end()
}

function complainer(channel: ServerChannel): (text: string) => void {
  return (text) => {
    if (channel.writable) channel.stderr.write(text)
  }
}

function printer(
  channel: ServerChannel,
  effect: CommandEffect | undefined,
  socket: Socket,
): (bytes: string | Buffer) => Promise<void> {
  let left = effect?.effect === 'cut-output' ? effect.afterBytes : Infinity
  return async (bytes) => {
    const content = Buffer.from(bytes as Buffer)
    const kept = content.subarray(0, Math.min(left, content.length))
    left -= kept.length
    if (!channel.writable) return
    if (kept.length > 0 && !channel.write(kept)) {
      await Promise.race([once(channel, 'drain'), gone(socket)])
    }
    if (effect?.effect === 'cut-output' && left === 0) await cut(effect.how, socket)
  }
}

async function* limited(
  channel: ServerChannel,
  effect: CommandEffect | undefined,
  socket: Socket,
): AsyncGenerator<Buffer> {
  let left = effect?.effect === 'cut-input' ? effect.afterBytes : Infinity
  // The end of the input must not close the channel: the answer is still to come.
  for await (const piece of channel.iterator({ destroyOnReturn: false })) {
    const bytes = piece as Buffer
    yield bytes.subarray(0, Math.min(left, bytes.length))
    left -= bytes.length
    if (effect?.effect === 'cut-input' && left <= 0) await cut(effect.how, socket)
  }
}

async function cut(how: Cut, socket: Socket): Promise<never> {
  if (how === 'reset') socket.resetAndDestroy()
  else if (how === 'end') socket.end()
  // Mute: neither data nor goodbye, until the client gives up.
  else await gone(socket)
  throw new CutOff()
}
