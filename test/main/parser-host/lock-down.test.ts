import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'
import { expect, onTestFinished, test } from 'vitest'

const run = promisify(execFile)

test('the parser process cannot write, start anything or reach a network, and can read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-lock-down-'))
  let connections = 0
  const sink = createServer((socket) => {
    connections += 1
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(sink, 'listening')
  onTestFinished(async () => {
    sink.close()
    await rm(folder, { recursive: true })
  })
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: join(import.meta.dirname, 'lock-down-probe.ts'),
      outDir: folder,
      target: 'node20.18',
      minify: false,
    },
  })
  const target = join(folder, 'written')
  const { port } = sink.address() as AddressInfo
  const { stdout } = await run(process.execPath, [join(folder, 'lock-down-probe.js'), target, String(port)])
  const outcomes = JSON.parse(stdout) as Readonly<Record<string, string>>
  const done = Object.entries(outcomes).filter(([, outcome]) => outcome === 'done')
  expect(done.map(([what]) => what)).toEqual(['read a file', 'read a file by promise'])
  const others = Object.values(outcomes).filter((outcome) => outcome !== 'done')
  expect(new Set(others)).toEqual(new Set(['ERR_ACCESS_DENIED']))
  expect(others.length).toBeGreaterThan(15)
  expect(existsSync(target)).toBe(false)
  expect(connections).toBe(0)
}, 60_000)
