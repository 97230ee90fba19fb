import { defineConfig } from 'playwright/test'

/** The app as a person meets it, and the package as it ships. FERRITE_E2E_EXECUTABLE names a packed app to drive. */
export default defineConfig({
  testDir: 'test/app',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  projects: [
    { name: 'app', testMatch: '**/*.test.ts', testIgnore: 'package/**' },
    { name: 'package', testMatch: 'package/**/*.test.ts' },
  ],
})
