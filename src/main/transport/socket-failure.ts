import { FailureError } from '../../shared/failure.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'

const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route',
  ENETUNREACH: 'no network',
  EHOSTDOWN: 'host down',
  ENOTFOUND: 'name not found',
  EAI_AGAIN: 'name not found',
  EADDRNOTAVAIL: 'address not usable',
  EINVAL: 'address not usable',
  ETIMEDOUT: 'no answer',
}

const lost: readonly string[] = ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']

/** The system's code of an error (`ECONNREFUSED`), or an empty string. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** What an error on the way to a connection means. */
export function connectFailure(error: unknown, address: string): FailureError {
  if (error instanceof FailureError) return error
  const code = codeOf(error)
  const reason = unreachable[code] ?? (lost.includes(code) ? 'connection reset' : messageOf(error))
  return new FailureError({ code: 'device-unreachable', address, reason }, { cause: error })
}

/** What an error on an open connection means. */
export function lineFailure(error: unknown, address: string, phase: string, bytesDone: number): FailureError {
  if (error instanceof FailureError) return error
  if (codeOf(error).startsWith('HPE_')) {
    const detail = escapeUntrusted(`not HTTP: ${messageOf(error)}`, 120)
    return new FailureError({ code: 'unexpected-answer', address, request: phase, detail }, { cause: error })
  }
  return new FailureError({ code: 'connection-lost', address, phase, bytesDone }, { cause: error })
}

/** The message of whatever was thrown, safe to show. */
export function messageOf(error: unknown): string {
  return escapeUntrusted(error instanceof Error ? error.message : String(error), 200)
}
