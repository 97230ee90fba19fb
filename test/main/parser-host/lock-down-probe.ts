import '../../../src/main/parser-host/lock-down.ts'
import * as childProcess from 'node:child_process'
import * as dns from 'node:dns'
import * as fs from 'node:fs'
import * as files from 'node:fs/promises'
import * as http from 'node:http'
import * as net from 'node:net'
import * as tls from 'node:tls'
import { Worker } from 'node:worker_threads'

/** Tries what the parser process may not do, and what it must be able to, and says what came of each. */
const [target = '', port = '0'] = process.argv.slice(2)

const attempts: Readonly<Record<string, () => unknown>> = {
  'write a file': () => {
    fs.writeFileSync(target, 'x')
  },
  'write a file by promise': async () => {
    await files.writeFile(target, 'x')
  },
  'open a file for writing': () => fs.openSync(target, 'w'),
  'open a file for writing by number': () => fs.openSync(target, fs.constants.O_RDWR | fs.constants.O_CREAT),
  'open a file for writing by promise': async () => await files.open(target, 'a'),
  'make a write stream': () => fs.createWriteStream(target),
  'make a folder': () => {
    fs.mkdirSync(`${target}-folder`)
  },
  'remove a file': () => {
    fs.rmSync(import.meta.filename)
  },
  'rename a file': () => {
    fs.renameSync(import.meta.filename, target)
  },
  'start a program': () => childProcess.spawn('true'),
  'start a worker': () => new Worker('1', { eval: true }),
  'open a connection': () => net.connect(Number(port), '127.0.0.1'),
  'open a connection by class': () => new net.Socket().connect(Number(port), '127.0.0.1'),
  'open a TLS connection': () => tls.connect(Number(port), '127.0.0.1'),
  'ask over HTTP': () => http.get(`http://127.0.0.1:${port}/`),
  fetch: async () => await fetch(`http://127.0.0.1:${port}/`),
  'look a name up': () => {
    dns.lookup('localhost', () => undefined)
  },
  listen: () => net.createServer().listen(0, '127.0.0.1'),
  'listen by class': () => new net.Server().listen(0, '127.0.0.1'),
  'read a file': () => fs.readFileSync(import.meta.filename),
  'read a file by promise': async () => {
    await using handle = await files.open(import.meta.filename, 'r')
    await handle.read(Buffer.alloc(4), 0, 4, 0)
  },
}

const outcomes: Record<string, string> = {}
for (const [what, attempt] of Object.entries(attempts)) {
  try {
    await attempt()
    outcomes[what] = 'done'
  } catch (error) {
    outcomes[what] = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
process.stdout.write(JSON.stringify(outcomes), () => {
  process.exit(0)
})
