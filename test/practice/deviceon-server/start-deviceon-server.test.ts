import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect as connectTcp, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Client } from 'ssh2'
import { expect, onTestFinished, test } from 'vitest'
import { newSshClient } from '../linux-host/ssh-client.ts'
import { connect, password, practiceServer, recover, run, start, temporaryFolder, tool } from './practice.ts'

const runProgram = promisify(execFile)
const account = 'root@advantech.com.tw'
const basic = (secret = password, name = account): RequestInit => ({
  headers: { Authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}` },
})

test('a Windows server answers the commands of Windows, each in its own form', async () => {
  const server = await practiceServer({ tpm: 'present' })
  const client = await connect(server)
  const { path, sha256 } = await server.makeBackup()
  const text = async (line: string): Promise<string> => (await run(client, line)).output
  expect(await text('ver')).toBe('\r\nMicrosoft Windows [Version 10.0.20348.2527]\r\n')
  expect(await text('hostname')).toBe('PLANT-1\r\n')
  expect(await text(`certutil -hashfile "${path}" SHA256`)).toBe(
    `SHA256 hash of ${path}:\r\n${sha256}\r\nCertUtil: -hashfile command completed successfully.\r\n`,
  )
  expect(await text('getmac /fo csv /nh')).toMatch(/^"02(-[0-9A-F]{2}){5}","\\Device\\Tcpip_\{.*\}"\r\n$/)
  expect(await text(String.raw`reg query HKLM\SOFTWARE\Microsoft\Cryptography /v MachineGuid`)).toContain(
    `MachineGuid    REG_SZ    ${server.serialNumber}\r\n`,
  )
  expect(await text('fsutil volume diskfree C:')).toMatch(/^Total free bytes +: +[\d,]+ \(64\.0 GB\)\r\n/)
  const free = Number(await text('powershell -NoProfile -Command "(Get-PSDrive D).Free"'))
  expect(free).toBeLessThan(64 * 1024 ** 3)
  expect(await text('powershell -NoProfile -Command "(Get-Tpm).TpmPresent"')).toBe('True\r\n')
  const key = 'Get-TpmEndorsementKeyInfo -HashAlgorithm Sha256'
  expect(await text(`powershell -NoProfile -Command "${key}"`)).toContain(
    `PublicKeyHash            : ${server.endorsementKeyHash!}\r\n`,
  )
  const encoded = Buffer.from(`$ProgressPreference = 'SilentlyContinue'; (${key}).PublicKeyHash`, 'utf16le')
  expect(await text(`powershell.exe -NonInteractive -EncodedCommand ${encoded.toString('base64')}`)).toBe(
    `${server.endorsementKeyHash!}\r\n`,
  )
  expect(await text('sc query Tomcat_IoT')).toContain('4  RUNNING')
})

test('what is not there fails as on Windows', async () => {
  const client = await connect(await practiceServer())
  const missing = await run(client, String.raw`certutil -hashfile "D:\nowhere.zip" SHA256`)
  expect(missing.exitCode).toBe(0x80070002)
  expect(missing.output).toContain('0x80070002')
  expect(
    (await run(client, 'powershell -Command "Get-TpmEndorsementKeyInfo -HashAlgorithm Sha256"')).exitCode,
  ).toBe(1)
  expect(await run(client, 'constructor')).toMatchObject({
    exitCode: 1,
    errors:
      "'constructor' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
  })
  expect((await run(client, 'hostname & del /q D:\\')).exitCode).toBe(1)
})

test('an Ubuntu server answers the commands of Linux, and has no tools for a TPM', async () => {
  const server = await practiceServer({ edition: 'ubuntu', tpm: 'present' })
  const client = await connect(server)
  const { path, sha256 } = await server.makeBackup()
  const text = async (line: string): Promise<string> => (await run(client, line)).output
  expect(await text('uname -m')).toBe('x86_64\n')
  expect(await text('cat -- /etc/os-release')).toContain('VERSION_ID="22.04"\n')
  expect(await text('cat -- /etc/machine-id')).toBe(`${server.serialNumber}\n`)
  expect(await text('hostname')).toBe('plant-1\n')
  expect(await text(`sha256sum -- ${path}`)).toBe(`${sha256}  ${path}\n`)
  expect(await text('df -Pk -- /var/backups/deviceon')).toMatch(
    /^Filesystem .*\n\/dev\/\S+ \d+ \d+ \d+ \d+% \/\n$/,
  )
  expect(await text('systemctl is-active -- deviceon-portal')).toBe('active\n')
  expect((await run(client, 'tpm2_createek -c -')).exitCode).toBe(127)
})

test('the recovery tool of Ubuntu has the same dialogue, with the line ends of Linux', async () => {
  const server = await practiceServer({ edition: 'ubuntu' })
  const backup = await server.makeBackup()
  server.resetToDefault()
  const running = await start(await connect(server), server.recoveryTool)
  running.type(`${backup.path}\n`)
  const { output, exitCode } = await running.ended
  expect(exitCode).toBe(0)
  expect(output).toMatch(/Starting services\.\.\.\nRestore successfully\n$/)
  expect(server.sight().restoredFrom).toBe(backup.sha256)
})

test("OpenSSH's own client runs the recovery tool", async () => {
  await using client = await newSshClient()
  const server = await practiceServer({ authorizedKeys: [client.publicKey] })
  const backup = await server.makeBackup()
  server.resetToDefault()
  const input = Buffer.from(`${backup.path}\n`)
  const { exitCode, output } = await client.command(server.address, tool, { input, user: 'deviceon' })
  expect(exitCode).toBe(0)
  expect(output.toString()).toContain('Restore successfully\r\n')
})

test('it tells the facts that a person has to state of it', async () => {
  const server = await practiceServer()
  expect(server.facts).toEqual({
    storageFolder: String.raw`D:\DeviceOn\Backup`,
    installFolder: String.raw`C:\Program Files\Advantech\DeviceOn Server`,
    portalPort: new URL(server.portalUrl).port,
    portalUser: account,
  })
})

test('a wrong password is refused and in the witness', async () => {
  const server = await practiceServer()
  await expect(connect(server, 'wrong')).rejects.toThrow('authentication methods failed')
  await connect(server)
  expect(server.log().map(({ method, path, status }) => [method, path, status])).toEqual([
    ['AUTH', 'password refused', 1],
    ['AUTH', 'password accepted', 0],
  ])
})

test('the same folder brings the same server back: key, machine, data and files', async () => {
  const folder = await temporaryFolder()
  const first = await practiceServer({ folder, tpm: 'used' })
  const backup = await first.makeBackup()
  first.resetToDefault()
  await recover(first, backup.path)
  const last = first.events().at(-1)!.sequence
  await first.stop()
  const second = await practiceServer({ folder, tpm: 'absent', version: '9.9.9' })
  expect(second.fingerprint).toBe(first.fingerprint)
  expect(second.portalUrl).toBe(first.portalUrl)
  expect(second.serialNumber).toBe(first.serialNumber)
  expect(second.endorsementKeyHash).toBe(first.endorsementKeyHash)
  expect(second.sight()).toEqual({ ...first.sight(), version: '5.3.12', restoredFrom: backup.sha256 })
  expect((await run(await connect(second), `certutil -hashfile ${backup.path} SHA256`)).output).toContain(
    backup.sha256,
  )
  expect(second.log()[0]!.sequence).toBeGreaterThan(last)
})

test('a portal whose port was taken meanwhile gets another one', async () => {
  const folder = await temporaryFolder()
  const first = await practiceServer({ folder })
  await first.stop()
  const squatter = createServer().listen(first.portalPort, '127.0.0.1')
  onTestFinished(() => void squatter.close())
  await once(squatter, 'listening')
  const second = await practiceServer({ folder })
  expect(second.portalPort).not.toBe(first.portalPort)
  expect((await fetch(`${second.portalUrl}/rmm/v1/appinfo/version`, basic())).status).toBe(200)
})

test('a new host key is shown to the next connection, in the form ssh-keygen prints', async () => {
  const server = await practiceServer()
  const before = server.fingerprint
  const after = server.changeHostKey()
  expect(after).not.toBe(before)
  const { stdout } = await runProgram('ssh-keyscan', ['-p', new URL(server.address).port, '127.0.0.1'])
  const file = join(await temporaryFolder(), 'key.pub')
  await writeFile(file, stdout)
  expect((await runProgram('ssh-keygen', ['-lf', file])).stdout).toContain(after)
})

test('the portal tells its version to those who log in, and says 401 to others', async () => {
  const server = await practiceServer()
  const version = `${server.portalUrl}/rmm/v1/appinfo/version`
  expect(await (await fetch(version, basic())).json()).toEqual({ version: '5.3.12' })
  for (const who of [undefined, basic('wrong'), basic(password, 'nobody')]) {
    const { status, headers } = await fetch(version, who)
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toMatch(/^Basic /)
  }
  const login = await fetch(`${server.portalUrl}/rmm/v1/accounts/login`, basic())
  expect(await login.json()).toEqual({ result: true, aid: 1, sessionId: expect.stringMatching(/./) })
  expect((await fetch(`${server.portalUrl}/rmm/v1/backup`, basic())).status).toBe(404)
  expect(server.log().map(({ method, path, user, status }) => [method, path, user, status])).toContainEqual([
    'GET',
    '/rmm/v1/appinfo/version',
    account,
    200,
  ])
})

test('with two factors a password alone is refused, and a portal that is down answers nobody', async () => {
  const server = await practiceServer()
  const version = `${server.portalUrl}/rmm/v1/appinfo/version`
  server.setPortal('two-factor')
  expect((await fetch(version, basic())).status).toBe(401)
  server.setPortal('down')
  await expect(fetch(version, basic())).rejects.toThrow()
  server.setPortal('up')
  expect((await fetch(version, basic())).status).toBe(200)
})

test('a restore brings the accounts of the backup, a reset those of the installation', async () => {
  const source = await practiceServer({
    portalLogin: { account: 'root@plant.example', password: 'Source-1' },
  })
  const backup = await source.makeBackup()
  const target = await practiceServer({ name: 'PLANT-2' })
  const path = String.raw`C:\Users\deviceon\b.zip`
  await copyFile(source.realPath(backup.path), target.realPath(path))
  target.resetToDefault()
  const version = `${target.portalUrl}/rmm/v1/appinfo/version`
  expect((await fetch(version, basic())).status).toBe(200)
  await recover(target, path)
  expect((await fetch(version, basic())).status).toBe(401)
  expect((await fetch(version, basic('Source-1', 'root@plant.example'))).status).toBe(200)
})

test('the portal is out of reach while the recovery tool is at work', async () => {
  const server = await practiceServer({ stepMs: 150 })
  const backup = await server.makeBackup()
  server.resetToDefault()
  const ended = recover(server, backup.path)
  await expect.poll(() => server.sight().isRestoring).toBe(true)
  await expect(fetch(`${server.portalUrl}/rmm/v1/appinfo/version`, basic())).rejects.toThrow()
  await ended
  expect((await fetch(`${server.portalUrl}/rmm/v1/appinfo/version`, basic())).status).toBe(200)
})

async function forwarded(client: Client, address: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, address, port, (failure, channel) => {
      if (failure) {
        reject(failure)
        return
      }
      let text = ''
      channel
        .on('data', (bytes: Buffer) => (text += bytes.toString()))
        .on('close', () => {
          resolve(text)
        })
      const { Authorization } = basic().headers as { Authorization: string }
      channel.write(
        `GET /rmm/v1/appinfo/version HTTP/1.1\r\nHost: portal\r\nConnection: close\r\nAuthorization: ${Authorization}\r\n\r\n`,
      )
    })
  })
}

test('the portal is reached through SSH; every other target is refused', async () => {
  const server = await practiceServer()
  const client = await connect(server)
  const { portalPort } = server
  expect(await forwarded(client, '127.0.0.1', portalPort)).toMatch(/ 200 OK\r\n[^]*\{"version":"5\.3\.12"\}/)
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await expect(forwarded(client, '127.0.0.1', port)).rejects.toThrow()
  await expect(forwarded(client, '192.0.2.1', portalPort)).rejects.toThrow()
  server.inject({ effect: 'refuse-forwarding' })
  await expect(forwarded(client, '127.0.0.1', portalPort)).rejects.toThrow()
  const lines = server.log().filter(({ method }) => method === 'FORWARD')
  expect(lines.map(({ path, status }) => [path, status])).toEqual([
    [`127.0.0.1:${portalPort}`, 0],
    [`127.0.0.1:${port}`, 1],
    [`192.0.2.1:${portalPort}`, 1],
    [`127.0.0.1:${portalPort}`, 1],
  ])
})

test("the portal is reached through a tunnel of OpenSSH's own client", async () => {
  await using client = await newSshClient()
  const server = await practiceServer({ authorizedKeys: [client.publicKey] })
  const { port } = new URL(server.address)
  const options = [
    'StrictHostKeyChecking=no',
    `UserKnownHostsFile=${join(client.folder, 'known')}`,
    'LogLevel=ERROR',
  ]
  const flags = [
    ...options.flatMap((option) => ['-o', option]),
    '-F',
    'none',
    '-i',
    join(client.folder, 'key'),
  ]
  const tunnel = spawn('ssh', [
    ...flags,
    '-p',
    port,
    '-W',
    `127.0.0.1:${server.portalPort}`,
    'deviceon@127.0.0.1',
  ])
  let text = ''
  tunnel.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()))
  tunnel.stdin.write('GET /rmm/v1/appinfo/version HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n\r\n')
  await once(tunnel, 'close')
  expect(text).toMatch(/^HTTP\/1\.1 401 /)
})

test('faults strike the commands they are aimed at', async () => {
  const server = await practiceServer()
  const client = await connect(server)
  const { path, sha256 } = await server.makeBackup()
  server.inject({ effect: 'wrong-sha256', command: 'certutil' })
  expect((await run(client, `certutil -hashfile ${path} SHA256`)).output).not.toContain(sha256)
  server.inject({ effect: 'free-bytes', freeBytes: 17 })
  expect((await run(client, 'powershell -Command "(Get-PSDrive C).Free"')).output).toBe('17\r\n')
  server.inject({ effect: 'fail', exitCode: 5, message: 'Access is denied.' })
  expect(await run(client, 'ver')).toEqual({ output: '', errors: 'Access is denied.\r\n', exitCode: 5 })
  const { serialNumber } = server
  server.inject({ effect: 'swap-identity' })
  expect((await run(client, 'hostname')).output).toBe('SPARE-PART\r\n')
  expect(server.serialNumber).not.toBe(serialNumber)
  server.inject({ effect: 'silence' })
  server.clearFaults()
  expect((await run(client, 'ver')).exitCode).toBe(0)
})

test('it stops at once in the middle of a silence, and a stopped server answers nobody', async () => {
  const server = await practiceServer()
  const client = await connect(server)
  client.on('error', () => undefined)
  server.inject({ effect: 'silence' })
  const silent = run(client, 'ver')
  await expect.poll(() => server.log().some(({ method }) => method === 'EXEC')).toBe(true)
  await server.stop()
  expect((await silent).exitCode).toBeUndefined()
  for (const port of [Number(new URL(server.address).port), server.portalPort]) {
    const socket = connectTcp(port, '127.0.0.1')
    await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED')
  }
})
