import type { Operation } from 'openapi-backend'
import { SetMatchType } from 'openapi-backend'
import type { RecordedExchange } from '../../../src/practice/ctrlx-core/options.ts'
import type { Description } from './description.ts'
import { parseBody } from './parse-body.ts'
import type { Violation } from './referee.ts'

/** A violation before it is told which exchange it belongs to. */
export type Found = Pick<Violation, 'part' | 'detail'>

interface ValidationError {
  readonly instancePath?: string
  readonly message?: string
  readonly keyword: string
}

/** What the description of `operation` does not allow about the request. */
export async function checkRequest(
  { requests, prefix }: Description,
  operation: Operation,
  exchange: RecordedExchange,
): Promise<readonly Found[]> {
  const body = await parseBody(exchange.requestHeaders, exchange.requestBody)
  const content = contentOf(operation.requestBody)
  const { errors } = requests.validator.validateRequest(
    {
      method: exchange.method,
      path: prefix + fillPath(operation.path),
      query: new URL(exchange.path, 'https://device').search.slice(1),
      headers: { ...exchange.requestHeaders },
      body: body?.value,
    },
    operation,
  )
  const found: Found[] = (errors ?? []).map((error) => ({
    part: error.instancePath.startsWith('/requestBody') ? 'request.body' : 'request.parameters',
    detail: say(error),
  }))
  if (body !== undefined && !(body.type in content)) {
    found.push({ part: 'request.type', detail: `${body.type} is none of ${Object.keys(content).join(', ')}` })
  }
  if (body?.type === 'multipart/form-data') found.push(...unknownFields(body.value, content[body.type]))
  const needsLogin = (operation.security ?? requests.definition.security ?? []).length > 0
  if (needsLogin && exchange.status < 400 && exchange.requestHeaders['authorization'] === undefined) {
    found.push({ part: 'request.login', detail: 'answered without a login' })
  }
  return found
}

/** What the description of `operation` does not allow about the answer. */
export function checkAnswer(
  { answers }: Description,
  operation: Operation,
  { status, responseHeaders, responseBody }: RecordedExchange,
): readonly Found[] {
  const response: unknown = (operation.responses as Record<string, unknown> | undefined)?.[String(status)]
  if (response === undefined) return [{ part: 'answer.status', detail: `${status} is not described` }]
  const content = contentOf(response)
  const types = Object.keys(content)
  const type = (responseHeaders['content-type'] ?? '').split(';')[0] ?? ''
  const found: Found[] = []
  if (types.length === 0 && responseBody.length > 0) {
    found.push({ part: 'answer.body', detail: 'has a body where none is described' })
  }
  if (types.length > 0 && !types.includes(type)) {
    found.push({ part: 'answer.type', detail: `'${type}' is none of ${types.join(', ')}` })
  }
  if (types.includes(type) && type === 'application/json' && !isBinary(content[type])) {
    const value: unknown = JSON.parse(responseBody.toString('utf8'))
    const { errors } = answers.validator.validateResponse(value, operation, status)
    found.push(...(errors ?? []).map((error) => ({ part: 'answer.body' as const, detail: say(error) })))
  }
  const { errors } = answers.validator.validateResponseHeaders({ ...responseHeaders }, operation, {
    statusCode: status,
    setMatchType: SetMatchType.Superset,
  })
  found.push(...(errors ?? []).map((error) => ({ part: 'answer.headers' as const, detail: say(error) })))
  return found
}

/** Form fields that the description does not name; a device would ignore them without a word. */
function unknownFields(value: unknown, media: unknown): readonly Found[] {
  const { properties = {} } = (media as { schema?: { properties?: object } } | undefined)?.schema ?? {}
  return Object.keys(value as object)
    .filter((name) => !(name in properties))
    .map((name) => ({ part: 'request.body', detail: `/${name} is no field of this form` }))
}

function say({ instancePath, message, keyword }: ValidationError): string {
  return `${instancePath ?? ''} ${message ?? keyword}`
}

/** Path parameters are texts without rules of their own in all of the vendor's descriptions. */
function fillPath(template: string): string {
  return template.replaceAll(/\{\w+\}/g, 'x')
}

function contentOf(node: unknown): Readonly<Record<string, unknown>> {
  return (node as { content?: Record<string, unknown> } | undefined)?.content ?? {}
}

function isBinary(media: unknown): boolean {
  return (media as { schema?: { format?: string } } | undefined)?.schema?.format === 'binary'
}
