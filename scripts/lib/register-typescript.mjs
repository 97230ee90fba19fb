/**
 * Lets plain Node run the sources as they are, for tests that start a process of their own:
 *
 *   node --import ./scripts/lib/register-typescript.mjs src/cli/index.ts
 */
import { register } from 'node:module'

register('./typescript-hooks.mjs', import.meta.url)
