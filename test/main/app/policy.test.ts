import { expect, test } from 'vitest'
import { answer, type Bundle } from '../../../src/main/app/bundle.ts'
import { PrintShelf } from '../../../src/main/app/print-shelf.ts'
import {
  contentSecurityPolicy,
  fixedHeaders,
  helpPages,
  isOwnPage,
  isOwnScheme,
  refusedSwitch,
} from '../../../src/main/app/policy.ts'

const policy = new Map(
  contentSecurityPolicy.split('; ').map((directive) => {
    const [name = '', ...sources] = directive.split(' ')
    return [name, sources.join(' ')]
  }),
)

// H09
test('the content security policy allows own scripts only, no network and no text that becomes code', () => {
  expect(policy.get('default-src')).toBe("'none'")
  expect(policy.get('script-src')).toBe("'self'")
  expect(policy.get('connect-src')).toBe("'none'")
  expect(policy.get('require-trusted-types-for')).toBe("'script'")
  expect(policy.get('trusted-types')).toBe("'none'")
  for (const name of [
    'frame-src',
    'worker-src',
    'object-src',
    'base-uri',
    'form-action',
    'frame-ancestors',
  ]) {
    expect(policy.get(name), name).toBe("'none'")
  }
  for (const [name, sources] of policy) {
    expect(sources, name).not.toMatch(/unsafe-eval|\*|https?:|data:|blob:/)
    if (name !== 'style-src') expect(sources, name).not.toMatch(/unsafe-inline/)
  }
})

// H16, I16
test.each([
  ['app://ui/index.html', true],
  ['app://ui/index.html#devices', true],
  ['app://ui/index.html?x=1', false],
  ['app://ui/index.html.evil', false],
  ['app://ui.evil/index.html', false],
  ['app://ui@evil/index.html', false],
  ['app://evil/index.html', false],
  ['https://ui/index.html', false],
  ['file:///index.html', false],
  ['javascript:alert(1)', false],
  ['about:blank', false],
  ['', false],
])('%s is the own page: %s', (address, own) => {
  expect(isOwnPage(address)).toBe(own)
})

test.each([
  'https://example.org',
  'http://127.0.0.1',
  'file:///etc/passwd',
  'ws://x',
  'devtools://x',
  'data:,x',
  'x',
])('a request for %s does not pass', (address) => {
  expect(isOwnScheme(address)).toBe(false)
})

const bundle: Bundle = new Map([['/index.html', { type: 'text/html', body: new Uint8Array([60]) }]])

// H08, I21
test.each([
  'app://ui/../../../etc/passwd',
  'app://ui/%2e%2e/%2e%2e/etc/passwd',
  'app://ui/index.html%00.js',
  'app://ui/index.html?',
  'app://ui/index.html?x',
  'app://ui/..\\index.js',
  'app://evil/index.html',
  'app://ui/',
  `app://ui/${'a'.repeat(100_000)}`,
  'not an address',
])('the scheme answers %s with 404 at most', (address) => {
  const expected = address === 'app://ui/index.html?' ? [200, 404] : [404]
  expect(expected).toContain(answer(bundle, 'GET', address).status)
})

test.each(['HEAD', 'POST', 'PUT', 'OPTIONS'])('the scheme answers no %s', (method) => {
  expect(answer(bundle, method, 'app://ui/index.html').status).toBe(404)
})

test('every answer carries the policy, also a 404', () => {
  for (const address of ['app://ui/index.html', 'app://ui/none']) {
    const { headers } = answer(bundle, 'GET', address)
    for (const [name, value] of Object.entries(fixedHeaders)) expect(headers.get(name)).toBe(value)
  }
})

// H19
test('help pages are constants with https', () => {
  for (const page of Object.values(helpPages)) expect(new URL(page).protocol).toBe('https:')
})

// I23
test.each([
  '--remote-debugging-port=9222',
  '--inspect',
  '-inspect-brk=1',
  '--js-flags=x',
  '--proxy-server=x',
])('a packaged app refuses %s', (word) => {
  expect(refusedSwitch(['app', word])).toBeDefined()
  expect(refusedSwitch(['app', 'some.zip', '--no-such'])).toBeUndefined()
})

const page = '<p>The key is abc</p>'
const bodyOf = async (shelf: PrintShelf, method: string, address: string): Promise<string | number> => {
  const found = answer(bundle, method, address, (path) => shelf.take(path))
  return found.status === 200 ? await found.text() : found.status
}

// H06, H08
test('a page to print is given out once, under an address of the own scheme that nobody can guess', async () => {
  const shelf = new PrintShelf()
  const address = shelf.put(page)
  expect(address).toMatch(/^app:\/\/ui\/print\/[0-9a-f-]{36}\.html$/)
  expect(shelf.put(page)).not.toBe(address)
  expect(await bodyOf(shelf, 'POST', address)).toBe(404)
  expect(await bodyOf(shelf, 'GET', `${address}?again`)).toBe(404)
  expect(await bodyOf(shelf, 'GET', address)).toBe(page)
  expect(await bodyOf(shelf, 'GET', address)).toBe(404)
})

test('a page that nobody fetched can be taken away, and no page is the own page', async () => {
  const shelf = new PrintShelf()
  const address = shelf.put(page)
  expect(isOwnPage(address)).toBe(false)
  shelf.drop(address)
  expect(await bodyOf(shelf, 'GET', address)).toBe(404)
})

// H09
test('a page to print carries the policy and is HTML', () => {
  const shelf = new PrintShelf()
  const { headers } = answer(bundle, 'GET', shelf.put(page), (path) => shelf.take(path))
  expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  for (const [name, value] of Object.entries(fixedHeaders)) expect(headers.get(name)).toBe(value)
})
