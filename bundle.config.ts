import { existsSync, readdirSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { basename, join } from 'node:path'
import type { UserConfig } from 'vite'

/** What the bundles of the main process and of the command line have in common. */

/** The oldest Node that runs them: the one of the oldest Electron, and the one of package.json's engines. */
export const nodeTarget = 'node20.18'

/**
 * Left to run time, where they are absent and asked for with care: Electron itself, ssh2's native parts (never built,
 * it has JavaScript for all of them) and a storage client that unzipper knows.
 */
export const externals = [/^electron(\/.+)?$/, /\.node$/, 'cpu-features', '@aws-sdk/client-s3']

/**
 * The entry of a bundle and beside it every file of the core that runs in a process of its own, by its name:
 * `src/main/parser-host/parser-process.ts` becomes `parser-process.js` next to `index.js`.
 */
export function entriesOf(index: string): Record<string, string> {
  const core = join(import.meta.dirname, 'src', 'main')
  const files = existsSync(core) ? readdirSync(core, { recursive: true, encoding: 'utf8' }) : []
  const processes = files.filter((file) => file.endsWith('-process.ts'))
  return {
    index: join(import.meta.dirname, index),
    ...Object.fromEntries(processes.map((file) => [basename(file, '.ts'), join(core, file)])),
  }
}

/** Where the licence texts of everything bundled are written, beside the bundle. */
export const license = { fileName: 'third-party-licenses.md' }

/** One folder of plain JavaScript for Node, which needs no node_modules to run. */
export function nodeBundle(index: string, outDir: string): UserConfig {
  return {
    publicDir: false,
    // Bundled CommonJS packages ask where they are.
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir,
      target: nodeTarget,
      minify: false,
      license,
      rolldownOptions: {
        input: entriesOf(index),
        external: [...externals, ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          banner: ({ isEntry, name }) => (isEntry && name === 'index' ? '#!/usr/bin/env node' : ''),
        },
      },
    },
  }
}
