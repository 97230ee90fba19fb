import { defineConfig } from 'vite'
import { nodeBundle } from './bundle.config.ts'

/** The measurements run as the product does: bundled, without a test runner around them. */
export default defineConfig(nodeBundle('test/bench/index.ts', '.cache/bench'))
