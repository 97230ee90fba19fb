import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Answer, AnswerBody } from './answer.ts'
import type { Connection } from '../connections.ts'
import { endConnection } from './connection.ts'
import type { ExchangeEffect } from './faults.ts'

export interface Sending {
  readonly response: ServerResponse
  readonly connection: Connection
  readonly answer: Answer
  readonly fault: ExchangeEffect | undefined
  /** Whether the body is held for someone who wants to see it afterwards. */
  readonly keeps: boolean
}

/** What went out: the headers in lower case, and the body if it was to be kept. */
export interface Sent {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const pieceBytes = 65_536

/** Sends an answer, bent by the fault if there is one. Settles when the last byte was handed to the system. */
export async function sendAnswer(sending: Sending): Promise<Sent> {
  const { response, answer, fault } = sending
  const body = shorten(answer.body, fault)
  const headers = headersOf(answer, body, fault)
  response.writeHead(answer.status, headers)
  const kept = body === undefined ? Buffer.alloc(0) : await sendBody(sending, body)
  if (!response.writableEnded && !response.destroyed && !isCut(fault)) response.end()
  return { headers, body: kept }
}

function shorten(body: AnswerBody | undefined, fault: ExchangeEffect | undefined): AnswerBody | undefined {
  if (body === undefined || fault?.effect !== 'truncate-file') return body
  if (body.kind === 'file') return { ...body, length: Math.min(body.length, fault.keepBytes) }
  return { ...body, bytes: body.bytes.subarray(0, fault.keepBytes) }
}

function headersOf(
  answer: Answer,
  body: AnswerBody | undefined,
  fault: ExchangeEffect | undefined,
): Readonly<Record<string, string>> {
  const delta = fault?.effect === 'wrong-length' ? fault.deltaBytes : 0
  const length = body === undefined ? 0 : body.kind === 'file' ? body.length : body.bytes.length
  const described = body === undefined ? {} : { 'content-type': body.type }
  const measured = answer.status === 204 ? {} : { 'content-length': String(length + delta) }
  return { ...answer.headers, ...described, ...measured }
}

async function sendBody(sending: Sending, body: AnswerBody): Promise<Buffer> {
  const { response, connection, fault, keeps } = sending
  const kept: Buffer[] = []
  const cut = fault?.effect === 'cut-download' ? fault : undefined
  let sent = 0
  for await (const whole of piecesOf(body)) {
    const piece = cut === undefined ? whole : whole.subarray(0, Math.max(0, cut.afterBytes - sent))
    const bent = damage(piece, sent, fault)
    if (keeps) kept.push(bent)
    if (fault?.effect === 'slow') await wait((1000 * bent.length) / fault.bytesPerSecond)
    await write(response, bent)
    sent += bent.length
    if (cut !== undefined && sent >= cut.afterBytes) {
      endConnection(connection, cut.how)
      break
    }
  }
  // The announced length was wrong: closing is the only end that such an answer can have.
  if (fault?.effect === 'wrong-length') connection.end()
  return Buffer.concat(kept)
}

async function* piecesOf(body: AnswerBody): AsyncGenerator<Buffer> {
  if (body.kind === 'bytes') {
    for (let at = 0; at < body.bytes.length; at += pieceBytes) yield body.bytes.subarray(at, at + pieceBytes)
    return
  }
  if (body.length === 0) return
  const file = createReadStream(body.path, { start: body.start, end: body.start + body.length - 1 })
  for await (const piece of file as AsyncIterable<Buffer>) yield piece
}

function damage(piece: Buffer, offset: number, fault: ExchangeEffect | undefined): Buffer {
  if (fault?.effect !== 'damage-file') return piece
  const at = fault.offset - offset
  if (at < 0 || at >= piece.length) return piece
  const copy = Buffer.from(piece)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

async function write(response: ServerResponse, piece: Buffer): Promise<void> {
  if (piece.length === 0) return
  if (response.destroyed) throw new Error('the client went away')
  if (response.write(piece)) return
  await Promise.race([once(response, 'drain'), once(response, 'close')])
}

function isCut(fault: ExchangeEffect | undefined): boolean {
  return fault?.effect === 'cut-download' || fault?.effect === 'wrong-length'
}
