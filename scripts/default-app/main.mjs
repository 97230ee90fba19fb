/**
 * Stands in for Electron's own default application where the runtime came without one: `electron [-r module]
 * [--switches] <folder|file>` loads an app as on any other machine. It must be an ES module: Electron waits for it, and
 * so for the app it loads, before `ready`; after that, schemes can no longer be registered.
 */
import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const { file, modules } = parse(process.argv.slice(1))
if (modules.length > 0) Module._preloadModules(modules)
if (file === undefined) {
  process.stderr.write('Which app? electron <folder|file>\n')
  app.exit(2)
} else {
  await load(resolve(file))
}

/** @param {readonly string[]} args */
function parse(args) {
  const modules = []
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index]
    if (arg === '-r' || arg === '--require') {
      index += 1
      modules.push(args[index])
    } else if (arg.startsWith('--app=')) {
      return { file: arg.slice('--app='.length), modules }
    } else if (!arg.startsWith('-')) {
      return { file: arg, modules }
    }
  }
  return { file: undefined, modules }
}

/** @param {string} path */
async function load(path) {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  const packageFile = join(path, 'package.json')
  const isFolder = existsSync(packageFile)
  const facts = isFolder ? JSON.parse(readFileSync(packageFile, 'utf8')) : {}
  if (facts.version) app.setVersion(facts.version)
  const name = facts.productName ?? facts.name
  if (name) {
    app.name = name
    app.setPath('userData', join(app.getPath('appData'), name))
  }
  app.setDesktopName(facts.desktopName ?? `${app.name}.desktop`)
  const entry = Module._resolveFilename(path, null, true)
  app.setAppPath(isFolder ? path : dirname(entry))
  await import(pathToFileURL(entry).href)
}
