import type { Operation } from 'openapi-backend'
import { SetMatchType } from 'openapi-backend'
import type { ProfileId } from '../../../src/practice/ctrlx-core/profiles.ts'
import type { RecordedExchange } from '../../../src/practice/ctrlx-core/options.ts'
import type { Description } from './description.ts'
import { loadDescription } from './description.ts'
import { parseBody } from './parse-body.ts'

/** Which half and which part of an exchange does not follow the description. */
export type Part =
  | 'path'
  | 'request.parameters'
  | 'request.type'
  | 'request.body'
  | 'request.login'
  | 'answer.status'
  | 'answer.headers'
  | 'answer.type'
  | 'answer.body'

/** One thing that the description does not allow. */
export interface Violation {
  readonly part: Part
  readonly method: string
  /** The path template of the description, or the path itself where there is none. */
  readonly path: string
  readonly status: number
  readonly detail: string
}

interface Service {
  readonly prefix: string
  /** Undefined for a release that does not have the service. */
  readonly file: (profile: ProfileId) => string | undefined
}

const setupFiles: Readonly<Record<ProfileId, string | undefined>> = {
  '1.12': undefined,
  // The description of Setup API 1.3.0 is not among the public ones we have; 1.2.0 is its predecessor.
  '1.20': 'setup.v1.2.0.openapi.json',
  '2.6': 'setup.v1.5.0.openapi.json',
  '3.6': 'setup.v1.7.0.openapi.json',
  '4.4': 'setup.v1.7.0.openapi.json',
  '4.6': 'setup.v1.7.0.openapi.json',
}

const services: readonly Service[] = [
  { prefix: '/setup/api/v1', file: (profile) => setupFiles[profile] },
  {
    prefix: '/backup/api/v1',
    file: (profile) => (profile < '3' ? 'backup.v1.3.2.openapi.json' : undefined),
  },
  {
    prefix: '/identity-manager/api/v2',
    file: (profile) => (profile === '1.12' ? undefined : 'identitymanager.v2.10.0.openapi.json'),
  },
  {
    prefix: '/system/api/v1',
    file: (profile) =>
      profile.startsWith('1.') ? 'systeminfo.v1.8.2.openapi.json' : 'systeminfo.v1.15.2.openapi.json',
  },
  { prefix: '/package-manager/api/v1', file: () => 'packagemanager.v1.15.0.openapi.json' },
  { prefix: '/storage/api/v1', file: () => 'storage.v1.9.1.openapi.json' },
  { prefix: '/license-manager/api/v1', file: () => 'licensemanager.v1.10.0.openapi.json' },
  { prefix: '/automation/api/v2', file: () => 'datalayer.v2.1.5.openapi.json' },
]

/** Compares exchanges with the vendor's own description of the interface. */
export class Referee {
  readonly #folder: string
  readonly #descriptions = new Map<string, Promise<Description>>()

  /** `folder` holds the vendor's OpenAPI files under their published names. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** Everything about this exchange that its description does not allow; empty when it is as described. */
  async check(exchange: RecordedExchange): Promise<readonly Violation[]> {
    const { pathname } = new URL(exchange.path, 'https://device')
    const service = services.find(({ prefix }) => pathname.startsWith(`${prefix}/`))
    const { method, status } = exchange
    // That something undescribed is not there is what the description promises.
    const undescribed =
      status === 404
        ? []
        : [{ part: 'path' as const, method, path: pathname, status, detail: 'not described' }]
    const file = service?.file(exchange.profile)
    if (service === undefined || file === undefined) return undescribed
    const description = await this.#load(service.prefix, file)
    const operation = findOperation(description, exchange, pathname)
    if (operation === undefined) return undescribed
    const found = [
      ...(await checkRequest(description, operation, exchange)),
      ...checkAnswer(description, operation, exchange),
    ]
    return found.map((violation) => ({ ...violation, method, path: service.prefix + operation.path, status }))
  }

  async #load(prefix: string, file: string): Promise<Description> {
    const loaded = this.#descriptions.get(file) ?? loadDescription(this.#folder, file, prefix)
    this.#descriptions.set(file, loaded)
    return loaded
  }
}

type Found = Pick<Violation, 'part' | 'detail'>

/** The Data Layer's `{Path}` stands for many parts, which a template otherwise does not. */
function findOperation(
  { requests, prefix }: Description,
  exchange: RecordedExchange,
  path: string,
): Operation | undefined {
  const nodes = `${prefix}/nodes/`
  const single = path.startsWith(nodes) ? nodes + encodeURIComponent(path.slice(nodes.length)) : path
  return requests.router.matchOperation({ method: exchange.method, path: single, headers: {} })
}

async function checkRequest(
  { requests, prefix }: Description,
  operation: Operation,
  exchange: RecordedExchange,
): Promise<readonly Found[]> {
  const found: Found[] = []
  const described = requests.router.getOperation(operation.operationId ?? '') ?? operation
  const body = await parseBody(exchange.requestHeaders, exchange.requestBody)
  const types = Object.keys(contentOf(described.requestBody))
  if (body !== undefined && !types.includes(body.type)) {
    found.push({ part: 'request.type', detail: `${body.type} is none of ${types.join(', ')}` })
  }
  const { valid, errors } = requests.validator.validateRequest(
    {
      method: exchange.method,
      path: prefix + fillPath(operation.path),
      query: new URL(exchange.path, 'https://device').search.slice(1),
      headers: { ...exchange.requestHeaders },
      body: body?.value,
    },
    described,
  )
  if (!valid) {
    for (const error of errors ?? []) {
      const isBody =
        (error.instancePath ?? '').startsWith('/requestBody') || error.schemaPath.includes('requestBody')
      found.push({
        part: isBody ? 'request.body' : 'request.parameters',
        detail: `${error.instancePath ?? ''} ${error.message ?? error.keyword}`,
      })
    }
  }
  const needsLogin = (described.security ?? requests.definition.security ?? []).length > 0
  if (needsLogin && exchange.status < 400 && exchange.requestHeaders['authorization'] === undefined) {
    found.push({ part: 'request.login', detail: 'answered without a login' })
  }
  return found
}

function checkAnswer(
  { answers }: Description,
  operation: Operation,
  { status, responseHeaders, responseBody }: RecordedExchange,
): readonly Found[] {
  const described = answers.router.getOperation(operation.operationId ?? '') ?? operation
  const response: unknown = (described.responses as Record<string, unknown> | undefined)?.[String(status)]
  if (response === undefined) return [{ part: 'answer.status', detail: `${status} is not described` }]
  const found: Found[] = []
  const types = Object.keys(contentOf(response))
  const type = (responseHeaders['content-type'] ?? '').split(';')[0] ?? ''
  if (types.length === 0 && responseBody.length > 0) {
    found.push({ part: 'answer.body', detail: 'has a body where none is described' })
  }
  if (types.length > 0 && !types.includes(type)) {
    found.push({
      part: 'answer.type',
      detail: `${type === '' ? 'nothing' : type} is none of ${types.join(', ')}`,
    })
  }
  if (types.length > 0 && type === 'application/json' && !isBinary(contentOf(response)[type])) {
    const value: unknown = JSON.parse(responseBody.toString('utf8'))
    const { errors } = answers.validator.validateResponse(value, described, status)
    for (const error of errors ?? []) {
      found.push({
        part: 'answer.body',
        detail: `${error.instancePath ?? ''} ${error.message ?? error.keyword}`,
      })
    }
  }
  const { errors } = answers.validator.validateResponseHeaders({ ...responseHeaders }, described, {
    statusCode: status,
    setMatchType: SetMatchType.Superset,
  })
  for (const error of errors ?? []) {
    found.push({
      part: 'answer.headers',
      detail: `${error.instancePath ?? ''} ${error.message ?? error.keyword}`,
    })
  }
  return found
}

/** Path parameters are texts without rules of their own in all of the vendor's descriptions. */
function fillPath(template: string): string {
  return template.replaceAll(/\{\w+\}/g, 'x')
}

function contentOf(node: unknown): Readonly<Record<string, unknown>> {
  const content = (node as { content?: Record<string, unknown> } | undefined)?.content
  return content ?? {}
}

function isBinary(media: unknown): boolean {
  return (media as { schema?: { format?: string } } | undefined)?.schema?.format === 'binary'
}
