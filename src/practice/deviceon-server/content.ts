import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { devicesFor } from './database.ts'
import { makeBackup } from './scheduled-backups.ts'
import type { Server } from './server.ts'

/** A date long before any test, so that only what a test did is new. */
const installedAt = new Date(Date.UTC(2024, 2, 11, 8, 30))
const dayMs = 86_400_000
/** When the schedule makes its daily backup, in UTC. */
const timeOfDayMs = 2 * 3_600_000

/** Fills an empty disk with a server as it stands in a plant, with its backups of the last days. */
export async function fillServer(server: Server): Promise<void> {
  const { disk, edition, options } = server
  const file = (path: string, content: string, mode = 0o644): void => {
    const { real } = disk.known(path)
    mkdirSync(dirname(real), { recursive: true })
    writeFileSync(real, content.replaceAll('\n', edition.newline), { mode })
    utimesSync(real, installedAt, installedAt)
  }
  for (const folder of [edition.storageFolder, edition.homeFolder(options.credentials.user)]) {
    mkdirSync(disk.known(folder).real, { recursive: true })
  }
  file(edition.recoveryTool, tools[edition.id], 0o755)
  if (edition.id === 'ubuntu') {
    file('/etc/os-release', osRelease)
    file('/etc/machine-id', `${server.machineId}\n`)
    file('/etc/hostname', `${server.hostname}\n`)
    file('/sys/class/net/eth0/address', `${server.macAddress.replaceAll('-', ':').toLowerCase()}\n`)
    mkdirSync(disk.known('/tmp').real, { recursive: true })
  } else {
    file(String.raw`${edition.installFolder}\Tools\Server Management\ServerControl.exe`, 'MZ practice\n')
    mkdirSync(disk.known(String.raw`C:\Windows\Temp`).real, { recursive: true })
  }
  configure(server)
  await fillStorage(server)
}

/** Writes the configuration as installation leaves it. */
export function configure(server: Server): void {
  const { disk, edition, hostname } = server
  const folder = disk.known(edition.configFolder).real
  mkdirSync(folder, { recursive: true })
  const files: Readonly<Record<string, string>> = {
    'Server_Config.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<ServerConfig>\n  <Domain>${hostname.toLowerCase()}.plant.example</Domain>\n  <HttpPort>8080</HttpPort>\n</ServerConfig>\n`,
    'deviceon.properties': 'postgresql.port=5432\npostgresql.user=postgres\nmongodb.port=27017\n',
    'messaging.properties': 'mqtt.port=1883\namqp.port=5672\n',
  }
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(`${folder}/${name}`, content.replaceAll('\n', edition.newline))
  }
}

/** The older a backup, the fewer devices it knows: each can be told from the others once it is restored. */
async function fillStorage(server: Server): Promise<void> {
  const { archiveCount = 3, name } = server.options
  const { database } = server.state
  const newest = Math.floor((server.clock() - timeOfDayMs) / dayMs) * dayMs + timeOfDayMs
  for (let daysAgo = archiveCount; daysAgo >= 1; daysAgo -= 1) {
    const devices = devicesFor(name, Math.max(0, database.devices.length - daysAgo))
    server.change({ database: { ...database, devices } })
    await makeBackup(server, { at: new Date(newest - (daysAgo - 1) * dayMs) })
  }
  server.change({ database })
}

const tools = {
  windows: '@echo off\ntitle DeviceOn System Recovery\n"%~dp0recovery.exe" %*\n',
  ubuntu: '#!/bin/sh\nexec "$(dirname "$0")/recovery" "$@"\n',
} as const

const osRelease =
  'PRETTY_NAME="Ubuntu 22.04.4 LTS"\nNAME="Ubuntu"\nVERSION_ID="22.04"\nVERSION="22.04.4 LTS (Jammy Jellyfish)"\nVERSION_CODENAME=jammy\nID=ubuntu\nID_LIKE=debian\n'
