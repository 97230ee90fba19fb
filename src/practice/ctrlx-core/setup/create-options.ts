import { isRecord } from '../route.ts'

/** How much of an element goes into a setup: nothing, its entry in the JSON, or that and its files. */
export type ContentLevel = 'none' | 'items' | 'files'

/** The body of a create request, read. */
export interface CreateOptions {
  readonly format: 'zip' | 'json'
  readonly password: string | undefined
  /** The level asked for at this place of the setup; a deeper `$content` wins over a higher one. */
  readonly levelOf: (...path: readonly string[]) => ContentLevel
}

/** The elements that only full access may read. */
const guardedElements = ['identityManagement', 'certificateManagement', 'apps']

/** Reads a create body, or answers undefined when the device cannot make sense of it. */
export function parseCreateOptions(body: unknown, hasFullAccess: boolean): CreateOptions | undefined {
  if (!isRecord(body)) return undefined
  const { $format: format = 'zip', $password: password } = body
  if (format !== 'zip' && format !== 'json') return undefined
  if (password !== undefined && typeof password !== 'string') return undefined
  const usual: ContentLevel = format === 'zip' ? 'files' : 'items'
  return {
    format,
    password: password === '' ? undefined : password,
    levelOf: (...path) => {
      if (!hasFullAccess && guardedElements.includes(path[0] ?? '')) return 'none'
      const level = deepestLevel(body, path) ?? usual
      return format === 'json' && level === 'files' ? 'items' : level
    },
  }
}

/** What `GET /createoptions` answers: the same shape as the body of a create request. */
export function availableOptions(hasFullAccess: boolean): Readonly<Record<string, unknown>> {
  const open = {
    $format: 'zip',
    $content: 'files',
    configurations: { active: {}, archive: {} },
    connectivity: {},
    dateTime: {},
    hosts: {},
    packageManagement: { installedApps: {} },
    proxy: {},
    ssh: {},
    system: {},
  }
  return hasFullAccess ? { ...open, ...Object.fromEntries(guardedElements.map((name) => [name, {}])) } : open
}

function deepestLevel(
  body: Readonly<Record<string, unknown>>,
  path: readonly string[],
): ContentLevel | undefined {
  let level = levelAt(body)
  let element: Readonly<Record<string, unknown>> = body
  for (const name of path) {
    const child = element[name]
    if (!isRecord(child)) return level
    element = child
    level = levelAt(child) ?? level
  }
  return level
}

/** `$content` of the Setup API from 1.5.0, and `$files` of the ones before. */
function levelAt(element: Readonly<Record<string, unknown>>): ContentLevel | undefined {
  const { $content: content, $files: files } = element
  if (content === 'none' || content === 'items' || content === 'files') return content
  if (files === 'exclude') return 'items'
  return files === 'include' ? 'files' : undefined
}
