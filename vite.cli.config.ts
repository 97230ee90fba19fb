import { defineConfig } from 'vite'
import { nodeBundle } from './bundle.config.ts'

/** The command line: `out/cli/index.js` runs under plain Node. */
export default defineConfig(nodeBundle('src/cli/index.ts', 'out/cli'))
