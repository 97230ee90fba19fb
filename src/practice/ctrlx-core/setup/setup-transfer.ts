import { createWriteStream, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Answer } from '../answer.ts'
import { diskFull, refuse } from '../problem.ts'
import type { Call } from '../route.ts'
import { setupFolder } from './setup-places.ts'

const fileNamePattern = /^[\w-][\w.-]{0,200}\.(zip|json)$/

/** Sends a backup file, in parts if the device was started that way: the vendor does not say whether it can. */
export function sendSetup(call: Call): Answer {
  const { folder } = setupFolder(call)
  const name = readdirSync(folder).find((each) => each === call.params['fileName'])
  if (name === undefined) throw refuse(404, call.path)
  return sendFile(call, join(folder, name), name.endsWith('.json') ? 'application/json' : 'application/zip')
}

export async function storeSetup(call: Call): Promise<Answer> {
  const { folder, isOwn } = setupFolder(call)
  const name = call.params['fileName'] ?? ''
  if (!fileNamePattern.test(name))
    throw refuse(500, call.path, { dynamicDescription: 'File name is not valid' })
  const staging = call.device.temporaryFile('stored')
  await pipeline(call.body.stream, createWriteStream(staging, { flags: 'wx', mode: 0o600 }))
  if (statSync(staging).size > call.device.freeBytes) {
    rmSync(staging)
    throw diskFull(call.path, 'upload')
  }
  renameSync(staging, join(folder, name))
  if (isOwn) for (const other of readdirSync(folder)) if (other !== name) rmSync(join(folder, other))
  return { status: 201 }
}

function sendFile(call: Call, path: string, type: string): Answer {
  const { size, mtimeMs } = statSync(path)
  const behaviour = call.device.options.ranges ?? 'ignored'
  const whole = { kind: 'file', path, start: 0, length: size, type } as const
  if (behaviour === 'ignored') return { status: 200, body: whole }
  const headers = { 'accept-ranges': 'bytes', etag: `"${size}-${Math.floor(mtimeMs)}"` }
  const asked = /^bytes=(\d+)-(\d*)$/.exec(call.headers.range ?? '')
  const isStale = call.headers['if-range'] !== undefined && call.headers['if-range'] !== headers.etag
  if (asked === null || isStale) return { status: 200, headers, body: whole }
  const start = Number(asked[1])
  const end = asked[2] === '' || asked[2] === undefined ? size - 1 : Math.min(Number(asked[2]), size - 1)
  if (start > end) return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } }
  const told = behaviour === 'wrong-start' ? start + 1 : start
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${told}-${end}/${size}` },
    body: { ...whole, start, length: end - start + 1 },
  }
}
