import type { HttpsAnswer } from '../../transport/https.ts'

/** An answer that was read whole. `body` is the parsed JSON, or `undefined` where there is none. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** An answer with its body parsed; what is no JSON is no body. */
export function answerOf({ status, body }: HttpsAnswer): Answer {
  try {
    return { status, body: JSON.parse(body.toString('utf8')) as unknown }
  } catch {
    // Node-RED answers some refusals with a single word.
    return { status, body: undefined }
  }
}

export function isGood({ status }: Answer): boolean {
  return status >= 200 && status <= 299
}
