import { FailureError } from '../../shared/failure.ts'
import { until, type Watch } from './deadlines.ts'
import { RequestError } from './request-error.ts'
import { lineFailure, unexpected } from './socket-failure.ts'
import type { SshLine } from './ssh-line.ts'

export interface OpenRequest<Channel, Taken> {
  /** What is opened, for failures. */
  readonly name: string
  readonly ask: (answer: (error: Error | undefined, channel: Channel) => void) => void
  /** Called at once: the end of a quick command may lie in the same packet, and is told only to those who listen. */
  readonly take: (channel: Channel) => Taken
  /** Closes a channel that was opened after nobody waited for it any more. */
  readonly letGo: (channel: Channel) => void
}

/**
 * Opens a channel on a connection. Throws RequestError; `requestSent` is false where the device said that it did not
 * open it, or nothing was asked.
 */
export async function openOn<Channel, Taken>(
  line: SshLine,
  watch: Watch,
  { name, ask, take, letGo }: OpenRequest<Channel, Taken>,
): Promise<Taken> {
  const { address } = line
  if (watch.signal.aborted) throw new RequestError(lineFailure(watch.reason, address, watch.phase, 0), false)
  let isWanted = true
  const opened = new Promise<Taken>((resolve, reject) => {
    ask((error, channel) => {
      if (error) reject(error)
      else if (isWanted) resolve(take(channel))
      else letGo(channel)
    })
  })
  try {
    return await until(opened, watch)
  } catch (error) {
    isWanted = false
    // A reason is given only for a channel that was not opened: then nothing was sent over it either.
    const isRefused = error instanceof Error && 'reason' in error && error.reason !== ''
    throw new RequestError(refusal(line, { name, phase: watch.phase }, error), !isRefused)
  }
}

function refusal(
  { address, lost }: SshLine,
  { name, phase }: { readonly name: string; readonly phase: string },
  error: unknown,
): FailureError {
  if (error instanceof FailureError) return lineFailure(error, address, phase, 0)
  if (lost.aborted) return lineFailure(lost.reason, address, phase, 0)
  return unexpected(address, name, error instanceof Error ? error.message : String(error), error)
}
