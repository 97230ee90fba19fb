import { builtinModules } from 'node:module'
import { defineConfig } from 'vite'
import { entriesOf, externals, license, nodeTarget } from './bundle.config.ts'

/** The command line as one folder of plain JavaScript: `out/cli/index.js` runs under Node without node_modules. */
export default defineConfig({
  publicDir: false,
  // Bundled CommonJS packages ask where they are.
  define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: 'out/cli',
    target: nodeTarget,
    minify: false,
    license,
    rolldownOptions: {
      input: entriesOf('src/cli/index.ts'),
      external: [...externals, ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        banner: (chunk) => (chunk.isEntry && chunk.name === 'index' ? '#!/usr/bin/env node' : ''),
      },
    },
  },
})
