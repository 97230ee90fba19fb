import { FailureError } from '../../../shared/failure.ts'
import type { DeviceFacts } from '../../../shared/model/device.ts'

/** What a person says about a Linux host beside its address. Paths are relative to `root` and never overlap. */
export interface HostFacts {
  /** The folder that paths are relative to; absolute, `/` unless told otherwise. */
  readonly root: string
  readonly paths: readonly string[]
  /** systemd units that are restarted after a restore. */
  readonly services: readonly string[]
  /** Folder on the device in which a restore keeps its upload; absolute. */
  readonly stagingFolder: string
  /** Paths whose content changes by itself: a difference there is told, but is no doubt about a restore. */
  readonly mayDiffer: readonly string[]
}

/**
 * What a controller with a Debian-like layout keeps beside its operating system: settings, homes, added software,
 * served data and the state of services (Filesystem Hierarchy Standard 3.0). What does not exist is left out.
 */
const defaultPaths = ['etc', 'home', 'opt', 'root', 'srv', 'usr/local', 'var/lib']

const unitName = /^[A-Za-z0-9_@][A-Za-z0-9:_.@-]{0,199}$/
const names = ['root', 'paths', 'services', 'stagingFolder', 'mayDiffer'] as const
const longestList = 200

/**
 * Checks the facts of a Linux host and fills in the defaults; the result can be checked again and stays the same.
 * Lists are separated by commas or line breaks. Nothing that passes can be taken for an option or leave `root`.
 * @throws FailureError `bad-input` naming the fact
 */
export function checkFacts(facts: DeviceFacts): DeviceFacts {
  const unknown = Object.keys(facts).find((name) => !names.some((known) => known === name))
  if (unknown !== undefined) refuse(unknown, 'is not known for a Linux host')
  const { root, paths, services, stagingFolder, mayDiffer } = readFacts(facts)
  return {
    root,
    paths: paths.join(','),
    stagingFolder,
    ...(services.length > 0 && { services: services.join(',') }),
    ...(mayDiffer.length > 0 && { mayDiffer: mayDiffer.join(',') }),
  }
}

/** @throws FailureError `bad-input` naming the fact */
export function readFacts(facts: DeviceFacts): HostFacts {
  const paths = listOf('paths', facts['paths']).map((path) => relativePath('paths', path))
  return {
    root: absolutePath('root', facts['root'] ?? '/'),
    paths: outermost(paths.length > 0 ? paths : defaultPaths),
    services: listOf('services', facts['services']).map(serviceName),
    stagingFolder: absolutePath('stagingFolder', facts['stagingFolder'] ?? '/var/tmp'),
    mayDiffer: listOf('mayDiffer', facts['mayDiffer']).map((path) => relativePath('mayDiffer', path)),
  }
}

/** True where `path` is `folder` or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

/** Without those that lie in another one: a file named twice would be in an archive twice. */
export function outermost(paths: readonly string[]): readonly string[] {
  const single = [...new Set(paths)]
  return single.filter((path) => !single.some((other) => other !== path && isWithin(path, other)))
}

/** The place of a path below the root on the device. */
export function placeOf(root: string, path: string): string {
  return root === '/' ? `/${path}` : `${root}/${path}`
}

function listOf(field: string, value: string | undefined): readonly string[] {
  const list = (value ?? '')
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
  if (list.length > longestList) refuse(field, `names more than ${longestList} items`)
  return list
}

function relativePath(field: string, path: string): string {
  const inner = path.replace(/^\/+/, '').replace(/\/+$/, '')
  checkPath(field, inner)
  return inner
}

function absolutePath(field: string, path: string): string {
  const trimmed = path.trim()
  if (trimmed === '/') return trimmed
  if (!trimmed.startsWith('/')) refuse(field, `names “${trimmed}”, which does not begin with “/”`)
  const inner = trimmed.slice(1).replace(/\/+$/, '')
  checkPath(field, inner)
  return `/${inner}`
}

/** The signs refused are those that some `tar` reads as a pattern or that cannot be shown on one line. */
function checkPath(field: string, path: string): void {
  if (path === '') refuse(field, 'names no folder')
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(path)) refuse(field, 'holds a control character')
  if (/[*?[\]\\]/.test(path)) refuse(field, `names “${path}” with one of the signs * ? [ ] \\`)
  if (path.startsWith('-')) refuse(field, `names “${path}”, which begins with a dash`)
  const isPlain = path.split('/').every((name) => name !== '' && name !== '.' && name !== '..')
  if (!isPlain) refuse(field, `names “${path}”, which holds an empty name, “.” or “..”`)
}

function serviceName(name: string): string {
  if (!unitName.test(name)) refuse('services', `names “${name}”, which is no name of a service`)
  return name
}

function refuse(field: string, reason: string): never {
  throw new FailureError({ code: 'bad-input', field, reason })
}
