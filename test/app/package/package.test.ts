import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'playwright/test'
import { asarPaths } from './asar.ts'
import { fuseProblems, readFuses, shippedFuses } from './fuse-wire.ts'
import { packedApp } from './places.ts'

const shipped = packedApp('release')

test('the app that ships has exactly the agreed fuses', async () => {
  const fuses = readFuses(await readFile(shipped.fuseBinary))
  expect(fuseProblems(fuses, shippedFuses)).toEqual([])
})

test('the app under test differs by the one fuse that test drivers need', async () => {
  const fuses = readFuses(await readFile(packedApp('release-e2e').fuseBinary))
  expect(fuseProblems(fuses, { ...shippedFuses, EnableNodeCliInspectArguments: true })).toEqual([])
})

test('both hold the same app', async () => {
  const [one, other] = [shipped, packedApp('release-e2e')].map(({ resources }) => join(resources, 'app.asar'))
  expect((await readFile(one!)).equals(await readFile(other!))).toBe(true)
})

test('the package holds the three bundles and nothing else', async () => {
  const paths = await asarPaths(join(shipped.resources, 'app.asar'))
  const others = paths.filter((path) => !/^\/(package\.json|out\/(main|preload|renderer)\/.+)$/.test(path))
  expect(others).toEqual([])
  expect(paths).toEqual(
    expect.arrayContaining([
      '/package.json',
      '/out/main/index.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
    ]),
  )
})

test('no source, map, test, environment file or native part is in the package', async () => {
  const paths = await asarPaths(join(shipped.resources, 'app.asar'))
  const strays = paths.filter((path) =>
    /\.(map|tsx?|node|env|pem|key)$|(^|\/)(\.env|test|src|node_modules)/.test(path),
  )
  expect(strays).toEqual([])
})

test('beside the archive there is no loose code to be replaced', async () => {
  const names = await readdir(shipped.resources)
  expect(names.filter((name) => name !== 'app.asar')).toEqual([])
})

test('the licence texts of everything bundled are in the package', async () => {
  const paths = await asarPaths(join(shipped.resources, 'app.asar'))
  expect(paths).toContain('/out/main/third-party-licenses.md')
  expect(paths).toContain('/out/renderer/third-party-licenses.md')
})

test('nobody but the owner can write where the app is installed', async () => {
  const names = await readdir(shipped.base, { recursive: true })
  const modes = await Promise.all(
    names.map(async (name) => ({ name, mode: (await stat(join(shipped.base, name))).mode })),
  )
  expect(modes.filter(({ mode }) => (mode & 0o022) !== 0)).toEqual([])
})

test('the app that ships starts, and cannot be made a Node', async () => {
  const home = await mkdtemp(join(tmpdir(), 'ferrite-package-'))
  const trap = join(home, 'trap.cjs')
  const sprung = join(home, 'sprung')
  await writeFile(trap, `require('node:fs').writeFileSync(${JSON.stringify(sprung)}, 'sprung')`)
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = spawn(shipped.executable, [...root, trap], {
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: `--require ${trap}`,
      FERRITE_HOME: join(home, 'home'),
      XDG_CONFIG_HOME: join(home, 'config'),
    },
    stdio: 'ignore',
  })
  const ended = new Promise((fulfil) => app.once('exit', fulfil))
  try {
    await expect.poll(() => existsSync(join(home, 'home')), { timeout: 30_000 }).toBe(true)
    await sleep(1000)
    expect(app.exitCode).toBeNull()
    expect(existsSync(sprung)).toBe(false)
  } finally {
    app.kill('SIGKILL')
    await ended
    await rm(home, { recursive: true, force: true, maxRetries: 10 })
  }
})

// I23
test('the app that ships refuses switches that would weaken it, and says why', async () => {
  const home = await mkdtemp(join(tmpdir(), 'ferrite-package-'))
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = spawn(shipped.executable, [...root, '--inspect=0', '--remote-debugging-port=0'], {
    env: { ...process.env, FERRITE_HOME: join(home, 'home'), XDG_CONFIG_HOME: join(home, 'config') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  app.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said += piece
  })
  const ended = new Promise((fulfil) => app.once('exit', fulfil))
  const patience = setTimeout(() => app.kill('SIGKILL'), 30_000)
  try {
    expect(await ended).toBe(1)
    expect(said).toContain('Ferrite does not start with --')
    expect(existsSync(join(home, 'home', 'vault'))).toBe(false)
  } finally {
    clearTimeout(patience)
    await rm(home, { recursive: true, force: true, maxRetries: 10 })
  }
})
