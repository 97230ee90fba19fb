import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { entriesOf, externals, license, nodeTarget } from './bundle.config.ts'

/** The three bundles of the app: main (ES modules), preload (one CommonJS file: it is sandboxed), renderer. */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      target: nodeTarget,
      license,
      rolldownOptions: {
        input: entriesOf('src/main/index.ts'),
        external: externals,
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      target: nodeTarget,
      rolldownOptions: {
        input: resolve(import.meta.dirname, 'src/preload/index.ts'),
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      target: 'chrome130',
      minify: true,
      license,
      // The content policy knows no data: addresses for fonts and scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4096,
      rolldownOptions: { input: resolve(import.meta.dirname, 'src/renderer/index.html') },
    },
  },
})
