/** What a handler answers with; the server turns it into bytes. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: AnswerBody
}

export type AnswerBody =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly type: string }
  /** A file, or a part of it. */
  | {
      readonly kind: 'file'
      readonly path: string
      readonly start: number
      readonly length: number
      readonly type: string
    }

/** An answer that a handler throws because there is nothing left to do. */
export class Refusal extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`)
    this.answer = answer
  }
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const bytes = Buffer.from(JSON.stringify(value))
  return { status, headers, body: { kind: 'bytes', bytes, type: 'application/json' } }
}

export function noContent(status: 200 | 204 = 204): Answer {
  return { status }
}

/** An answer without a body that points to what was made; the vendor's locations are relative to the service. */
export function accepted(status: 201 | 202, location: string): Answer {
  return { status, headers: { location } }
}
