/**
 * npm run setup: makes a machine that has only Node ready to build, run and test Ferrite. Quick when all is there.
 *
 * It runs before any dependency exists, so it and what it imports need nothing but Node.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { mustRun, PlainError, root, runMain, say } from './lib/run.mjs'
import { ensureSystemPackages } from './lib/system-packages.mjs'

/** @param {{ readonly build?: boolean }} [options] */
export async function setUp({ build = true } = {}) {
  await checkNode()
  await ensureDependencies()
  await ensureSystemPackages()
  const { kind, dist } = await electronRuntime({ retryNetwork: true })
  say(`Electron: ${kind}, ${dist}`)
  if (build) await buildIfStale()
}

async function checkNode() {
  const { engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = String(engines.node).replace('>=', '').split('.').map(Number)
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return
  throw new PlainError(`Node ${engines.node} is needed; this is ${process.versions.node}.`)
}

async function ensureDependencies() {
  if (await dependenciesMatchLock()) return
  say('Installing the dependencies of package-lock.json.')
  await mustRun(['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 2, 2] })
}

/**
 * Compares what npm wrote down after its last install with the lock file. Packages for other platforms are absent by
 * right.
 */
async function dependenciesMatchLock() {
  const installedFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return false
  const locked = await packagesOf(join(root, 'package-lock.json'))
  const installed = await packagesOf(installedFile)
  for (const [path, { version, optional }] of locked) {
    if (path === '') continue
    const found = installed.get(path)
    if (found === undefined ? optional !== true : found.version !== version) return false
  }
  return [...installed.keys()].every((path) => locked.has(path))
}

/** @param {string} file */
async function packagesOf(file) {
  /** @type {{ packages: Record<string, { version?: string, optional?: boolean }> }} */
  const { packages } = JSON.parse(await readFile(file, 'utf8'))
  return new Map(Object.entries(packages))
}

if (import.meta.filename === process.argv[1]) runMain(() => setUp())
