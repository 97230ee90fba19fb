import { FailureError } from '../../../shared/failure.ts'
import type { ProtocolLine } from '../../../shared/model/restore.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { messageOf } from '../../transport/socket-failure.ts'
import type { CommandEnd } from '../../transport/ssh-channel.ts'
import type { Dialogue } from '../../transport/ssh-dialogue.ts'
import type { Server } from './server.ts'

/** The one text of the tool that the vendor documents. */
const success = 'Restore successfully'
const longestLine = 300
const mostLines = 200

/** Control sequences of a terminal (ECMA-48) and the titles that a console of Windows sets. */
const sequences = /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-Z\\-_]/g

/** `not-asked`: the tool did not get as far as asking for the path, so it cannot have changed anything. */
export type RecoveryEnd =
  | {
      readonly kind: 'succeeded'
      readonly exitCode: number | undefined
      readonly protocol: readonly ProtocolLine[]
    }
  | { readonly kind: 'not-asked'; readonly error: FailureError }

/**
 * Runs the recovery tool: starts it in a terminal, as a double click would, waits until it asks, types the path once and
 * waits for the success text. Its other words, its exit codes and its failures are not documented, so without that text
 * nothing is known.
 * @throws FailureError for everything that goes wrong after the path was typed
 */
export async function runRecoveryTool(
  server: Server,
  { tool, path, signal }: { readonly tool: string; readonly path: string; readonly signal: AbortSignal },
): Promise<RecoveryEnd> {
  let dialogue: Dialogue
  try {
    const { toolMs } = server.timing
    dialogue = await server.ssh.converse(`"${tool}"`, { signal, inTerminal: true, totalMs: toolMs })
  } catch (error) {
    return notAsked(error, server)
  }
  try {
    try {
      await waitForPrompt(server, dialogue)
    } catch (error) {
      return notAsked(error, server)
    }
    // What the tool said before it had the path is no success, whatever its words.
    const from = dialogue.text().length
    dialogue.type(`${path}\r`)
    return await waitForSuccess(server, dialogue, from)
  } finally {
    dialogue.close()
  }
}

/** A tool asks when it falls silent in the middle of a line, or after one that ends like a question. */
export function asksForSomething(text: string): boolean {
  const visible = text.replaceAll(sequences, '')
  const last = visible.split(/[\r\n]/).at(-1) ?? ''
  if (last.trim() !== '') return true
  return /[:?>]\s*$/.test(visible)
}

/** What the tool said as lines, escaped; the last ones where there are too many. */
export function protocolOf(text: string): readonly ProtocolLine[] {
  return text
    .replaceAll(sequences, '')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-mostLines)
    .map((line) => ({
      severity: /\b(error|failed|failure)\b/i.test(line) ? 'ERROR' : 'INFO',
      text: escapeUntrusted(line, longestLine),
    }))
}

async function waitForPrompt(server: Server, dialogue: Dialogue): Promise<void> {
  const { promptQuietMs, promptMs } = server.timing
  const endsAt = performance.now() + promptMs
  while (performance.now() < endsAt) {
    const heard = await dialogue.listen({ enough: () => false, quietMs: promptQuietMs })
    if (heard === 'ended') throw endedEarly(server, dialogue, await dialogue.ended)
    if (asksForSomething(dialogue.text())) return
  }
  const seconds = Math.round(promptMs / 1000)
  throw new FailureError({ code: 'device-silent', address: server.address, phase: 'recovery tool', seconds })
}

async function waitForSuccess(server: Server, dialogue: Dialogue, from: number): Promise<RecoveryEnd> {
  const { toolQuietMs } = server.timing
  const heard = await dialogue.listen({
    enough: (text) => text.slice(from).replaceAll(sequences, '').includes(success),
    quietMs: toolQuietMs,
  })
  if (heard === 'heard') {
    const exitCode = await farewell(server, dialogue)
    return { kind: 'succeeded', exitCode, protocol: protocolOf(dialogue.text()) }
  }
  if (heard === 'ended') throw endedEarly(server, dialogue, await dialogue.ended)
  throw new FailureError({
    code: 'step-not-proven',
    step: 'run-tool',
    detail: `the tool has said nothing for ${Math.round(toolQuietMs / 1000)} s; last: ${lastWords(dialogue)}`,
  })
}

/** The tool may wait for a key before it ends, as batch files do that are double-clicked. */
async function farewell({ timing }: Server, dialogue: Dialogue): Promise<number | undefined> {
  const quiet = { enough: () => false, quietMs: timing.farewellMs }
  try {
    if ((await dialogue.listen(quiet)) === 'quiet') {
      dialogue.type('\r')
      if ((await dialogue.listen(quiet)) === 'quiet') return undefined
    }
    return (await dialogue.ended).exitCode
  } catch {
    // The success text has been seen; how the tool ended is only told.
    return undefined
  }
}

function endedEarly(server: Server, dialogue: Dialogue, { exitCode, stderr }: CommandEnd): FailureError {
  const detail = stderr === '' ? lastWords(dialogue) : stderr.slice(0, 300)
  return new FailureError({
    code: 'device-command-failed',
    address: server.address,
    command: 'recovery.bat',
    exitCode,
    detail,
  })
}

function lastWords(dialogue: Dialogue): string {
  const lines = protocolOf(dialogue.text()).slice(-4)
  return lines.length === 0 ? 'no message' : lines.map(({ text }) => text).join(' · ')
}

function notAsked(error: unknown, { address }: Server): RecoveryEnd {
  if (error instanceof FailureError) return { kind: 'not-asked', error }
  const detail = messageOf(error)
  const failure = { code: 'unexpected-answer', address, request: 'recovery.bat', detail } as const
  return { kind: 'not-asked', error: new FailureError(failure, { cause: error }) }
}
