/** The window's own scheme, host and start page. Nothing else is ever loaded. */
export const ownScheme = 'app'
export const ownOrigin = `${ownScheme}://ui`
export const startPage = `${ownOrigin}/index.html`

/**
 * The content security policy of every answer. Styles may be inline because the UI primitives and the text view make
 * style elements (docs/decisions); scripts never are, and no script may turn text into code or markup.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "worker-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** Headers of every answer of the own scheme. */
export const fixedHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
}

/** True for the start page itself, with or without a fragment; compared as a parsed address, never by its beginning. */
export function isOwnPage(address: string): boolean {
  const url = parse(address)
  if (!url) return false
  return (
    url.protocol === `${ownScheme}:` &&
    url.host === 'ui' &&
    url.pathname === '/index.html' &&
    url.search === '' &&
    url.username === '' &&
    url.password === ''
  )
}

/** True for requests that the session may let through. */
export function isOwnScheme(address: string): boolean {
  return parse(address)?.protocol === `${ownScheme}:`
}

/** The help pages that can be opened in the person's browser: constants by key, https only. */
export const helpPages = {
  'ctrlx-interface': 'https://boschrexroth.github.io/rest-api-description/',
  source: 'https://github.com/boschrexroth/rest-api-description',
} as const
export type HelpPage = keyof typeof helpPages

/** Switches that would weaken the window; a packaged app ends with a message when it is given one of them. */
export const refusedSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'js-flags',
  'load-extension',
  'disable-web-security',
  'ignore-certificate-errors',
  'proxy-server',
  'host-rules',
] as const

/** The first switch of a command line that a packaged app refuses. */
export function refusedSwitch(commandLine: readonly string[]): string | undefined {
  const given = commandLine.flatMap((word) => /^--?([a-z-]+)/.exec(word)?.[1] ?? [])
  return refusedSwitches.find((name) => given.includes(name))
}

function parse(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined
}
