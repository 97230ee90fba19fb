import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Answer, AnswerBody } from './answer.ts'
import { Refusal, json } from './answer.ts'
import type { Connection } from '../connections.ts'
import { endConnection } from './connection.ts'
import type { Device } from './device.ts'
import type { ExchangeEffect } from './faults.ts'
import { problem, refuse } from './problem.ts'
import { RequestBody } from './request-body.ts'
import type { Call } from './route.ts'
import { checkAccess, findRoute } from './route.ts'
import { routes } from './routes.ts'
import { sendAnswer } from './send-answer.ts'
import type { Session } from './sessions.ts'

/** A request with the answer to be and the connection that both travel on. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly connection: Connection
}

/** Answers one request, with whatever fault lies in wait for it, and writes it down. */
export async function answerExchange(device: Device, exchange: Exchange): Promise<void> {
  const { request, connection } = exchange
  const { method = 'GET', url = '/' } = request
  const { pathname: path, searchParams: query } = new URL(url, 'https://device')
  const logged = device.witness.arrived({ method, path: url, connection: connection.number })
  await device.options.beforeRequest?.({ method, path })
  const fault = device.faults.takeExchange(method, path)
  if (fault?.effect === 'expire-session') device.sessions.clear()
  const session = sessionOf(device, request)
  const body = receiveBody(device, exchange, fault)
  const clientIp = request.socket.remoteAddress ?? ''
  const call: Call = {
    device,
    method,
    path,
    params: {},
    query,
    headers: request.headers,
    session,
    body,
    clientIp,
  }
  let status: number | undefined
  try {
    status = await carryOut(call, exchange, fault)
  } finally {
    logged.finish({
      user: session?.user,
      bodyBytes: body.bytes,
      bodySha256: body.sha256(),
      bodyComplete: body.isComplete,
      status,
      fault: fault?.effect,
    })
  }
}

/** Answers the status that was sent, or undefined when none was. */
async function carryOut(
  call: Call,
  { request, response, connection }: Exchange,
  fault: ExchangeEffect | undefined,
): Promise<number | undefined> {
  const { device, body } = call
  if (fault?.effect === 'silence' || fault?.effect === 'raw-answer') {
    await body.drain()
    if (fault.effect === 'raw-answer') connection.end(fault.bytes)
    return undefined
  }
  const answer = replacement(fault) ?? altered(await handle(call), fault)
  await body.drain()
  if (fault?.effect === 'lose-answer') {
    endConnection(connection, fault.how)
    return undefined
  }
  const keeps = device.options.onExchange !== undefined
  const sent = await sendAnswer({ response, connection, answer, fault, keeps })
  device.options.onExchange?.({
    profile: device.profile.id,
    method: call.method,
    path: request.url ?? '/',
    requestHeaders: flatten(request.headers),
    requestBody: body.kept,
    status: answer.status,
    responseHeaders: sent.headers,
    responseBody: sent.body,
    fault: fault?.effect,
  })
  return answer.status
}

async function handle(call: Call): Promise<Answer> {
  const { device, method, path } = call
  try {
    const found = findRoute(routes, device.profile, { method, path })
    if (found === undefined) throw refuse(404, path)
    checkAccess(found.route, device.profile, call)
    return await found.route.handle({ ...call, params: found.params })
  } catch (cause) {
    if (cause instanceof Refusal) return cause.answer
    // A request that broke off gets no answer; anything else is the simulator's own mistake.
    if (!call.body.isComplete) throw cause
    device.witness.event('simulator-error', { message: cause instanceof Error ? cause.stack : String(cause) })
    return json(500, problem(500, path))
  }
}

/** The answer that some faults put in place of the real one. */
function replacement(fault: ExchangeEffect | undefined): Answer | undefined {
  switch (fault?.effect) {
    case 'status':
      return {
        status: fault.status,
        headers: fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
        body: page(`${fault.status}`),
      }
    case 'replace-answer': {
      const { status, headers = {}, type } = fault
      return { status, headers, body: { kind: 'bytes', bytes: Buffer.from(fault.body), type } }
    }
    case 'redirect':
      return { status: 307, headers: { location: fault.location } }
    case 'login-page':
      return { status: 200, body: page('ctrlX login') }
    default:
      return undefined
  }
}

function altered(answer: Answer, fault: ExchangeEffect | undefined): Answer {
  const { status, headers, body } = answer
  if (fault?.effect !== 'alter-json' || body?.kind !== 'bytes') return answer
  return json(status, fault.alter(JSON.parse(body.bytes.toString('utf8'))), headers)
}

export function page(title: string): AnswerBody {
  const bytes = Buffer.from(
    `<!DOCTYPE html><html><head><title>${title}</title></head><body>${title}</body></html>`,
  )
  return { kind: 'bytes', bytes, type: 'text/html' }
}

function sessionOf(device: Device, request: IncomingMessage): Session | undefined {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return token === undefined ? undefined : device.sessions.find(token)
}

function receiveBody(
  device: Device,
  { request, connection }: Exchange,
  fault: ExchangeEffect | undefined,
): RequestBody {
  const limit =
    fault?.effect === 'cut-upload'
      ? { afterBytes: fault.afterBytes, strike: () => endConnection(connection, fault.how) }
      : undefined
  return new RequestBody(request, { keeps: device.options.onExchange !== undefined, limit })
}

function flatten(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}
