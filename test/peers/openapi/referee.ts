import type { OpenAPIBackend, Operation } from 'openapi-backend'
import type { ProfileId } from '../../../src/practice/ctrlx-core/profiles.ts'
import type { RecordedExchange } from '../../../src/practice/ctrlx-core/options.ts'
import { checkAnswer, checkRequest } from './checks.ts'
import type { Description } from './description.ts'
import { loadDescription } from './description.ts'

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
    const request = findOperation(description.requests, { method, path: pathname })
    const answer = findOperation(description.answers, { method, path: pathname })
    if (request === undefined || answer === undefined) return undescribed
    const found = [
      ...(await checkRequest(description, request, exchange)),
      ...checkAnswer(description, answer, exchange),
    ]
    return found.map((violation) => ({ ...violation, method, path: service.prefix + request.path, status }))
  }

  async #load(prefix: string, file: string): Promise<Description> {
    const loaded = this.#descriptions.get(file) ?? loadDescription(this.#folder, file, prefix)
    this.#descriptions.set(file, loaded)
    return loaded
  }
}

/** The Data Layer's `{Path}` stands for many parts, which a template otherwise does not. */
function findOperation(
  backend: OpenAPIBackend,
  { method, path }: { readonly method: string; readonly path: string },
): Operation | undefined {
  const at = path.indexOf('/nodes/')
  const isNode = path.startsWith('/automation/') && at > 0
  const single = isNode ? path.slice(0, at + 7) + encodeURIComponent(path.slice(at + 7)) : path
  return backend.router.matchOperation({ method, path: single, headers: {} })
}
