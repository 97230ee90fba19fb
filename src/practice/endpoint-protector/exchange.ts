import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from '../ctrlx-core/answer.ts'
import type { Connection } from '../connections.ts'
import { endConnection } from '../ctrlx-core/connection.ts'
import type { ExchangeEffect } from '../ctrlx-core/faults.ts'
import { RequestBody } from '../ctrlx-core/request-body.ts'
import { sendAnswer } from '../ctrlx-core/send-answer.ts'
import type { Appliance } from './appliance.ts'
import { html } from './pages/html.ts'
import { document, redirect } from './pages/layout.ts'
import { loginPage } from './pages/state-pages.ts'
import { handlerFor, serverError } from './routes.ts'

/** A request with the answer to be and the connection that both travel on. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly connection: Connection
}

/** Answers one request, with whatever fault lies in wait for it, and writes it down. */
export async function answerExchange(appliance: Appliance, exchange: Exchange): Promise<void> {
  const { request, connection } = exchange
  const { power } = appliance
  const { method = 'GET', url = '/' } = request
  const { pathname: path } = new URL(url, 'https://appliance')
  const logged = appliance.witness.arrived({ method, path: url, connection: connection.number })
  await appliance.restoring
  if (power.aborted) throw new Error('the power went before the request was looked at')
  const fault = appliance.faults.takeExchange(method, path)
  if (fault?.effect === 'expire-session') appliance.sessions.clear()
  const user = appliance.sessions.userOf(request.headers.cookie)
  const limit =
    fault?.effect === 'cut-upload'
      ? { afterBytes: fault.afterBytes, strike: () => endConnection(connection, fault.how) }
      : undefined
  const body = new RequestBody(request, { keeps: false, limit })
  const silence = silenceOf(appliance, user) ?? fault?.effect
  let status: number | undefined
  try {
    status = await carryOut({ appliance, exchange, body, user, fault, silence })
  } finally {
    logged.finish({
      user,
      bodyBytes: body.bytes,
      bodySha256: body.sha256(),
      bodyComplete: body.isComplete,
      status,
      fault: silence,
    })
  }
}

/** The condition that leaves this request without an answer, if there is one. */
function silenceOf(appliance: Appliance, user: string | undefined): string | undefined {
  if (appliance.faults.condition('tls-silent') !== undefined) return 'tls-silent'
  if (user !== undefined && appliance.faults.condition('console-hangs') !== undefined) return 'console-hangs'
  return undefined
}

interface Work {
  readonly appliance: Appliance
  readonly exchange: Exchange
  readonly body: RequestBody
  readonly user: string | undefined
  readonly fault: ExchangeEffect | undefined
  readonly silence: string | undefined
}

const silent: ReadonlySet<string | undefined> = new Set(['tls-silent', 'console-hangs', 'silence'])

/** Answers the status that was sent, or undefined when none was. */
async function carryOut(work: Work): Promise<number | undefined> {
  const { exchange, body, fault, silence } = work
  const { response, connection } = exchange
  if (silent.has(silence) || fault?.effect === 'raw-answer') {
    await body.drain()
    if (fault?.effect === 'raw-answer') connection.end(fault.bytes)
    return undefined
  }
  const answer = replacement(fault) ?? (await handle(work))
  await body.drain()
  if (fault?.effect === 'lose-answer') {
    endConnection(connection, fault.how)
    return undefined
  }
  await sendAnswer({ response, connection, answer, fault, keeps: false })
  return answer.status
}

async function handle({ appliance, exchange, body, user }: Work): Promise<Answer> {
  const { method = 'GET', url = '/', headers } = exchange.request
  const { pathname: path, searchParams: query } = new URL(url, 'https://appliance')
  try {
    return await handlerFor({ method, path }, user)({ appliance, query, headers, body })
  } catch (cause) {
    // A request that broke off gets no answer; anything else is the simulator's own mistake.
    if (!body.isComplete) throw cause
    appliance.witness.event('simulator-error', {
      message: cause instanceof Error ? cause.stack : String(cause),
    })
    return serverError()
  }
}

/** The answer that some faults put in place of the real one. */
function replacement(fault: ExchangeEffect | undefined): Answer | undefined {
  switch (fault?.effect) {
    case 'status':
      return document('Error', html`<h1>${fault.status}</h1>`, fault.status)
    case 'replace-answer': {
      const { status, headers = {}, type, body } = fault
      return { status, headers, body: { kind: 'bytes', bytes: Buffer.from(body), type } }
    }
    case 'redirect':
      return redirect(fault.location)
    case 'login-page':
      return loginPage()
    default:
      return undefined
  }
}
