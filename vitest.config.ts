import { defineConfig } from 'vitest/config'

/**
 * Two worlds: what runs under Node, and what runs in the window. `test/app` is not here: Playwright drives it.
 * The main core runs a second time under Electron's own Node (scripts/test.mjs): other V8, other TLS library.
 */
export default defineConfig({
  test: {
    // The machines of this project are small, and tests start real servers.
    maxWorkers: process.env['CI'] === undefined ? '50%' : 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/{shared,main,cli,practice,peers,authority,hostile,crash,house}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['test/setup-renderer.ts'],
          css: { modules: { classNameStrategy: 'non-scoped' } },
        },
      },
    ],
  },
})
