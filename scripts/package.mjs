/**
 * npm run package: builds the app and packs it for this system into release/.
 *
 *   --dir   the unpacked folder only
 *   --e2e   the same app into release-e2e/, with the one fuse that test drivers need
 *   --no-build   packs what is in out/
 */
import { build } from './build.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { mustRun, projectEnvironment, runMain, which } from './lib/run.mjs'

/** @param {{ readonly e2e?: boolean, readonly onlyFolder?: boolean }} [options] */
export async function packApp({ e2e = false, onlyFolder = false } = {}) {
  const runtime = await electronRuntime()
  const command = ['electron-builder', '--publish', 'never']
  if (onlyFolder || e2e) command.push('--dir')
  if (e2e) {
    command.push('-c.directories.output=release-e2e', '-c.electronFuses.enableNodeCliInspectArguments=true')
  }
  if (runtime.kind === 'fallback') {
    command.push(`-c.electronDist=${runtime.packDist}`, `-c.electronVersion=${runtime.version}`)
  }
  await mustRun(command, { env: packEnvironment() })
}

/** electron-builder would download 7-Zip; the system's is as good. */
function packEnvironment() {
  const sevenZip = which('7zz')
  return {
    ...projectEnvironment(),
    ELECTRON_BUILDER_COMPRESSION_LEVEL: process.env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] ?? '1',
    ...(sevenZip === undefined ? {} : { ELECTRON_BUILDER_7ZIP_PATH: sevenZip }),
  }
}

/** @param {readonly string[]} options */
async function main(options) {
  if (!options.includes('--no-build')) await build()
  await packApp({ e2e: options.includes('--e2e'), onlyFolder: options.includes('--dir') })
}

if (import.meta.filename === process.argv[1]) runMain(() => main(process.argv.slice(2)))
