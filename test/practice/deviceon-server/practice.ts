import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import type { FileEntryWithStats, SFTPWrapper } from 'ssh2'
import { onTestFinished } from 'vitest'
import type { DeviceOnServerOptions } from '../../../src/practice/deviceon-server/options.ts'
import type { DeviceOnServer } from '../../../src/practice/deviceon-server/start-deviceon-server.ts'
import { startDeviceOnServer } from '../../../src/practice/deviceon-server/start-deviceon-server.ts'

export const password = 'Practice-1'
export const tool = String.raw`"C:\Program Files\Advantech\DeviceOn Server\Tools\System Recovery\recovery.bat"`

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deviceon-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A Windows server without a TPM unless told otherwise, gone when the test is over. */
export async function practiceServer(more: Partial<DeviceOnServerOptions> = {}): Promise<DeviceOnServer> {
  const server = await startDeviceOnServer({
    folder: more.folder ?? (await temporaryFolder()),
    name: 'PLANT-1',
    edition: 'windows',
    credentials: { user: 'deviceon', password },
    stepMs: 2,
    ...more,
  })
  onTestFinished(() => server.stop())
  return server
}

export interface Ended {
  readonly output: string
  readonly errors: string
  /** `undefined` when the connection went away first. */
  readonly exitCode: number | undefined
}

/** A program that runs on the server. */
export interface Running {
  readonly output: () => string
  readonly type: (text: string) => void
  readonly closeInput: () => void
  readonly ended: Promise<Ended>
}

/** A client of the ssh2 library with a password, gone when the test is over. */
export async function connect(server: DeviceOnServer, secret = password): Promise<ssh2.Client> {
  const client = new ssh2.Client()
  onTestFinished(() => void client.destroy())
  const { hostname, port } = new URL(server.address)
  await new Promise<void>((resolve, reject) => {
    client.on('ready', resolve).on('error', reject)
    client.connect({ host: hostname, port: Number(port), username: 'deviceon', password: secret })
  })
  return client
}

export async function start(client: ssh2.Client, line: string, pty = false): Promise<Running> {
  return new Promise((resolve, reject) => {
    client.exec(line, { pty }, (failure, channel) => {
      if (failure) {
        reject(failure)
        return
      }
      let [output, errors] = ['', '']
      let exitCode: number | undefined
      channel.on('data', (bytes: Buffer) => (output += bytes.toString()))
      channel.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()))
      channel.on('exit', (code: number) => (exitCode = code))
      const ended = new Promise<Ended>((over) => {
        channel.on('close', () => {
          over({ output, errors, exitCode })
        })
      })
      resolve({
        output: () => output,
        type: (text) => void channel.write(text),
        closeInput: () => void channel.end(),
        ended,
      })
    })
  })
}

export async function run(client: ssh2.Client, line: string): Promise<Ended> {
  return (await start(client, line)).ended
}

/** Types the path of a backup into the recovery tool as soon as it asks. */
export async function recover(server: DeviceOnServer, path: string, pty = false): Promise<Ended> {
  const running = await start(await connect(server), tool, pty)
  running.type(`${path}\r`)
  return running.ended
}

/** The operations of SFTP as promises. */
export interface Files {
  readonly raw: SFTPWrapper
  readonly list: (path: string) => Promise<readonly FileEntryWithStats[]>
  readonly read: (path: string) => Promise<Buffer>
  readonly write: (path: string, content: Buffer) => Promise<void>
}

export async function files(client: ssh2.Client): Promise<Files> {
  const raw = await new Promise<SFTPWrapper>((resolve, reject) => {
    client.sftp((failure, sftp) => {
      if (failure) reject(failure)
      else resolve(sftp)
    })
  })
  return {
    raw,
    list: (path) =>
      new Promise((resolve, reject) => {
        raw.readdir(path, (failure, list) => {
          if (failure) reject(failure)
          else resolve(list)
        })
      }),
    read: (path) =>
      new Promise((resolve, reject) => {
        raw.readFile(path, (failure, content) => {
          if (failure) reject(failure)
          else resolve(content)
        })
      }),
    write: (path, content) =>
      new Promise((resolve, reject) => {
        raw.writeFile(path, content, (failure) => {
          if (failure) reject(failure)
          else resolve()
        })
      }),
  }
}

/** The names of the turns of the recovery tool since the server was started. */
export function turns(server: DeviceOnServer): readonly string[] {
  return server
    .events()
    .map(({ event }) => event)
    .filter((event) => event.startsWith('recovery-'))
}
