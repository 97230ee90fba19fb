import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { Settings, UserState } from '../device-state.ts'
import { settingsSections } from '../device-state.ts'
import { factorySettings } from '../factory.ts'
import { isRecord } from '../route.ts'
import { decrypt } from '../secrets.ts'
import type { Applying } from './applying.ts'
import { element } from './setup-source.ts'

/** Settings that the setup has replace the device's; what it lacks is kept, or reset in `restore` mode. */
export function applySettings({ device, task, source, request }: Applying): void {
  const factory = factorySettings(device.model, device.state.hostname)
  const next: Record<string, unknown> = { ...device.state.settings }
  for (const section of settingsSections) {
    const value = source.document[section]
    if (value === undefined && request.mode === 'merge') continue
    next[section] = value ?? factory[section]
    task.info(`Writing ${section}`)
  }
  // Every section is there: `next` began as a copy of the whole.
  device.change({ settings: next as Settings })
  const hostname = element(source.document, 'system', 'hostname')
  if (typeof hostname === 'string') {
    task.info('Writing system')
    device.change({ hostname })
  }
}

/** A user without a password in the setup keeps the old one; a new one cannot log in until someone sets it. */
export function applyUsers({ device, task, source, request }: Applying): void {
  const users = element(source.document, 'identityManagement', 'users')
  if (!isRecord(users)) return
  task.info('Writing identityManagement')
  const kept =
    request.mode === 'merge' ? device.state.users.filter(({ name }) => users[name] === undefined) : []
  const written = Object.entries(users)
    .filter(([, value]) => value !== null)
    .map(([name, value], index) => {
      const current = device.state.users.find((user) => user.name === name)
      const user = readUser(name, value, current ?? newUser(name, String(2000 + index)))
      if (user.passwordHash === undefined) task.warning(`User "${name}" has no password and cannot log in`)
      return user
    })
  device.change({ users: [...kept, ...written] })
}

/** Own certificates belong to a serial number: on another device they are refused, with two ERROR lines. */
export function applyCertificates({ device, task, source, request }: Applying): void {
  const applications = element(source.document, 'certificateManagement', 'applications')
  if (!isRecord(applications)) return
  task.info('Writing certificateManagement')
  const serialNumber = element(source.document, 'typePlate', 'SerialNumber')
  const isSameDevice = serialNumber === device.state.identity.serialNumber
  if (!isSameDevice) {
    task.error("certificateManagement: action 'delete' not allowed for device.hsm")
    task.error("certificateManagement: action 'delete' not allowed for device.crt")
  }
  for (const path of pathsBelow(applications)) {
    const file = source.file(path)
    const name = /^\/?certificateManagement\/(.+?)(\.aes)?$/i.exec(path)
    const target = name?.[1]
    if (file === undefined || target === undefined || target.split('/').includes('..')) continue
    if (target.includes('/own/') && !isSameDevice) continue
    const bytes = readFileSync(file)
    const content = name?.[2] === undefined ? bytes : decrypt(bytes, request.password)
    if (content === undefined) {
      task.error(`certificateManagement: ${target} cannot be decrypted`)
      continue
    }
    const place = join(device.folders.certificates, ...target.split('/'))
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, content)
  }
}

function pathsBelow(value: unknown): readonly string[] {
  if (!isRecord(value)) return []
  const { $path: path } = value
  if (typeof path === 'string') return [path]
  return Object.values(value).flatMap(pathsBelow)
}

function newUser(name: string, id: string): UserState {
  return {
    id,
    name,
    passwordHash: undefined,
    permissions: [],
    groups: [],
    enabled: true,
    forcePasswordChange: true,
  }
}

function readUser(name: string, value: unknown, current: UserState): UserState {
  const texts = (list: unknown, otherwise: readonly string[]): readonly string[] =>
    Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : otherwise
  const hash = element(value, 'passwordHash')
  const enabled = element(value, 'enabled')
  return {
    ...current,
    name,
    passwordHash: typeof hash === 'string' ? hash : current.passwordHash,
    permissions: texts(element(value, 'permissions'), current.permissions),
    groups: texts(element(value, 'groups'), current.groups),
    enabled: typeof enabled === 'boolean' ? enabled : current.enabled,
  }
}
