import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '../route.ts'
import type { Applying } from './applying.ts'
import { listFiles } from './list-files.ts'
import { copyInto, element } from './setup-source.ts'

/** The active configuration is replaced as a whole; archived ones are replaced or removed by name. */
export function applyConfigurations(applying: Applying): void {
  const { device, source, task } = applying
  const path = element(source.document, 'configurations', 'active', '$path')
  if (typeof path === 'string') replaceActive(applying, source.folder(path))
  const archive = element(source.document, 'configurations', 'archive')
  if (!isRecord(archive)) return
  for (const [name, value] of Object.entries(archive)) {
    if (!/^[A-Za-z][\w.-]*$/.test(name)) {
      task.error(`Writing configurations - invalid name of archived configuration`)
      continue
    }
    const folder = join(device.folders.archivedConfigurations, name)
    const archived = element(value, '$path')
    if (value !== null && typeof archived !== 'string') continue
    rmSync(folder, { recursive: true, force: true })
    if (typeof archived === 'string') copyInto(folder, source.folder(archived))
    task.info(`Writing configurations - archive "${name}"`)
  }
}

function replaceActive({ device, task }: Applying, files: ReadonlyMap<string, string>): void {
  const folder = device.folders.activeConfiguration
  if (isSame(folder, files)) {
    task.info('Writing configurations (skipped, no changes)')
    return
  }
  task.info('Writing configurations - loading active configuration')
  const compiledFor = [...files.keys()].map((path) => /^plc\/run\/([^/]+)\//.exec(path)?.[1])
  if (compiledFor.some((plc) => plc !== undefined && plc !== device.model.plcArchitecture)) {
    task.warning('CPU architecture mismatch: the compiled PLC program will not run on this device')
  }
  rmSync(folder, { recursive: true, force: true })
  copyInto(folder, files)
}

function isSame(folder: string, files: ReadonlyMap<string, string>): boolean {
  const current = listFiles(folder)
  if (current.length !== files.size) return false
  return current.every((path) => {
    const file = files.get(path)
    return file !== undefined && readFileSync(join(folder, path)).equals(readFileSync(file))
  })
}
