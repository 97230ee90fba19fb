import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fixedHeaders, ownScheme } from './policy.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The window's files by exact path (`/index.html`), read once: a request picks one of them and never a place on disk. */
export type Bundle = ReadonlyMap<string, { readonly type: string; readonly body: Uint8Array<ArrayBuffer> }>

/** Reads the built renderer. Files of kinds that the window does not use are left out. */
export async function readBundle(folder: string): Promise<Bundle> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && extname(entry.name) in contentTypes)
  return new Map(
    await Promise.all(
      files.map(async (entry) => {
        const file = join(entry.parentPath, entry.name)
        const key = file.slice(folder.length).replaceAll('\\', '/')
        const body = new Uint8Array(await readFile(file))
        return [key, { type: contentTypes[extname(entry.name)] ?? '', body }] as const
      }),
    ),
  )
}

/**
 * Answers a request of the own scheme from the bundle, or with a page that waits to be printed; anything but a GET of a
 * known path is not there.
 */
export function answer(
  bundle: Bundle,
  method: string,
  address: string,
  takePage: (path: string) => Uint8Array<ArrayBuffer> | undefined = () => undefined,
): Response {
  const path = method === 'GET' ? keyOf(address) : ''
  const page = path.startsWith('/print/') ? takePage(path) : undefined
  const file = page ? { type: contentTypes['.html'] ?? '', body: page } : bundle.get(path)
  if (!file) return new Response('not found', { status: 404, headers: fixedHeaders })
  return new Response(file.body, { headers: { ...fixedHeaders, 'Content-Type': file.type } })
}

function keyOf(address: string): string {
  if (!URL.canParse(address)) return ''
  const url = new URL(address)
  return url.protocol === `${ownScheme}:` && url.host === 'ui' && url.search === '' ? url.pathname : ''
}
