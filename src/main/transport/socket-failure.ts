import { FailureError } from '../../shared/failure.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'

const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'no route',
  ENETUNREACH: 'no route',
  EHOSTDOWN: 'no route',
  ENETDOWN: 'no network',
  ENOTFOUND: 'name not found',
  EAI_AGAIN: 'name not found',
  EADDRNOTAVAIL: 'address not usable',
  EINVAL: 'address not usable',
  EAFNOSUPPORT: 'address not usable',
  ETIMEDOUT: 'no answer',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
}

/** The system's code of an error (`ECONNREFUSED`), or an empty string. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** What an error on the way to a TCP connection means. */
export function connectFailure(error: unknown, address: string): FailureError {
  if (error instanceof FailureError) return error
  // A name with several addresses gives all their errors at once; the last one is of the last address tried.
  const deciding: unknown = error instanceof AggregateError ? error.errors.at(-1) : error
  const reason = unreachable[codeOf(deciding)] ?? messageOf(deciding)
  return new FailureError({ code: 'device-unreachable', address, reason }, { cause: error })
}

/** What an error on an open connection means. */
export function lineFailure(error: unknown, address: string, phase: string, bytesDone: number): FailureError {
  if (!(error instanceof FailureError)) {
    return new FailureError({ code: 'connection-lost', address, phase, bytesDone }, { cause: error })
  }
  if (error.failure.code !== 'connection-lost') return error
  // The connection knows only that it is lost; the request knows how far it had come.
  return new FailureError({ ...error.failure, phase, bytesDone }, { cause: error.cause ?? error })
}

/** An answer that the protocol does not allow. `detail` may be text of the device. */
export function unexpected(address: string, request: string, detail: string, cause?: unknown): FailureError {
  const shown = escapeUntrusted(detail, 300)
  return new FailureError({ code: 'unexpected-answer', address, request, detail: shown }, { cause })
}

/** The message of whatever was thrown, safe to show. */
export function messageOf(error: unknown): string {
  return escapeUntrusted(error instanceof Error ? error.message : String(error), 200)
}
