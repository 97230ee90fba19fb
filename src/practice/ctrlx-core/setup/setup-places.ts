import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { refuse } from '../problem.ts'
import type { Call } from '../route.ts'
import type { Destination } from './create-task.ts'

export const service = '/setup/api/v1'

/** The folder that the query's `path` means: the device's own without it, else one of its external media. */
export function setupFolder(call: Pick<Call, 'device' | 'query' | 'path'>): Destination {
  const path = call.query.get('path')
  if (path === null || path === '') return { folder: call.device.folders.setups, isOwn: true }
  const medium = /^\/media\/([\w-]+)\/?$/.exec(path)?.[1]
  const { media } = call.device.folders
  if (medium === undefined || !existsSync(join(media, medium))) {
    throw refuse(500, call.path, { dynamicDescription: 'Path is not on an external medium' })
  }
  return { folder: join(media, medium), isOwn: false }
}

/** A file on an external medium, or undefined when there is none of that name. */
export function fileOnMedium(call: Call, path: string): string | undefined {
  const [, medium, name] = /^\/media\/([\w-]+)\/([^/]+)$/.exec(path) ?? []
  if (medium === undefined || name === undefined) return undefined
  const folder = join(call.device.folders.media, medium)
  if (!existsSync(folder) || !readdirSync(folder).includes(name)) return undefined
  return join(folder, name)
}
