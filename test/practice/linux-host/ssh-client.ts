import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Answer {
  readonly exitCode: number | null
  readonly output: Buffer
  readonly errors: string
}

/** The client of OpenSSH with a key of its own: shares nothing with the practice host or with Ferrite. */
export interface SshClient extends AsyncDisposable {
  readonly publicKey: string
  readonly folder: string
  command(address: string, line: string, options?: { input?: Buffer; user?: string }): Promise<Answer>
}

export async function newSshClient(): Promise<SshClient> {
  const folder = await mkdtemp(join(tmpdir(), 'ssh-client-'))
  const key = join(folder, 'key')
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', key])
  return {
    folder,
    publicKey: (await readFile(`${key}.pub`, 'utf8')).trim(),
    command: (address, line, { input = Buffer.alloc(0), user = 'root' } = {}) => {
      const { hostname, port } = new URL(address)
      const options = [
        'StrictHostKeyChecking=no',
        `UserKnownHostsFile=${join(folder, 'known')}`,
        'BatchMode=yes',
      ]
      const args = [...options.flatMap((option) => ['-o', option]), '-F', 'none', '-i', key, '-p', port]
      return new Promise((resolve, reject) => {
        const child = spawn('ssh', [...args, `${user}@${hostname}`, line])
        const output: Buffer[] = []
        let errors = ''
        child.stdout.on('data', (bytes: Buffer) => output.push(bytes))
        child.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()))
        child.stdin.on('error', () => undefined)
        child.on('error', reject)
        child.on('close', (exitCode) => {
          const own = errors.replace(/^Warning: Permanently added .*\r?\n/gm, '')
          resolve({ exitCode, output: Buffer.concat(output), errors: own })
        })
        child.stdin.end(input)
      })
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
