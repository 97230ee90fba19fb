import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

/** True where the sandbox is switched on, and the scheme registered, before anything waits for Electron to be ready. */
function isSafeStart(source: string): boolean {
  const at = (words: string): number => source.indexOf(words)
  const ready = at('app.whenReady()')
  const isBefore = (words: string): boolean => at(words) !== -1 && at(words) < ready
  return (
    isBefore('app.enableSandbox()') &&
    isBefore('registerOwnScheme()') &&
    isBefore('requestSingleInstanceLock()')
  )
}

// H04, H07, H37
test('the sandbox, the scheme and the single instance come before Electron is ready', async () => {
  const source = await readFile('src/main/index.ts', 'utf8')
  expect(isSafeStart(source)).toBe(true)
  expect(isSafeStart(source.replace('app.enableSandbox()', ''))).toBe(false)
  expect(isSafeStart(`app.whenReady()\n${source}`)).toBe(false)
})

// H48
test('files are private from the start, and no crash reporter is started', async () => {
  const source = await readFile('src/main/index.ts', 'utf8')
  expect(source).toContain('process.umask(0o077)')
  expect(source).not.toMatch(/crashReporter/)
})
