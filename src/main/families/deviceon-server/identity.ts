import { parseAddress } from '../../../shared/model/address.ts'
import type { Device } from '../../../shared/model/device.ts'
import { fact, normaliseArchitecture, type Identity } from '../../../shared/model/identity.ts'
import { isBackupName, madeAt } from './archive-name.ts'
import type { ServerFacts } from './facts.ts'
import { powershell, type Server } from './server.ts'
import { normaliseKeyHash, normaliseMac, oneLine } from './values.ts'

/** Adapters that a licence is never bound to: they come and go with software. */
const virtualAdapter = /^(lo|docker|br-|veth|virbr|tun|tap)/

/** What is asked of a server beside the version of DeviceOn. */
interface MachineFacts {
  readonly model?: string
  readonly architecture?: string
  readonly serial: string | undefined
  readonly hostname: string
  readonly operatingSystem: string
  readonly mac: string | undefined
  /** SHA-256 of the endorsement key. It says that there is a TPM, not that DeviceOn was told to use it. */
  readonly tpmId: string | undefined
}

/**
 * Asks a server who it is. Sources: `ver`, `hostname`, `getmac`, `reg`, Get-TpmEndorsementKeyInfo and Get-PSDrive on
 * Windows; `uname`, os-release(5), machine-id(5), sysfs and `df -P` on Linux. What cannot be read is left out.
 */
export async function readIdentity(
  server: Server,
  about: { readonly facts: ServerFacts; readonly device: Device; readonly version: string | undefined },
  signal: AbortSignal,
): Promise<Identity> {
  const { facts, device, version } = about
  const machine =
    server.edition === 'windows' ? await ofWindows(server, signal) : await ofLinux(server, signal)
  const { mac, tpmId, ...texts } = machine
  const place = facts.storageFolder ?? (server.edition === 'windows' ? 'C:\\' : '/')
  const freeBytes = await server.freeBytes(place, signal)
  const newestBackup = await newestOf(server, facts, signal)
  const readAt = new Date().toISOString()
  const probed = (values: Readonly<Record<string, string | undefined>>) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) =>
        value === undefined || value === '' ? [] : [[name, fact(value, 'probed', readAt)] as const],
      ),
    )
  // Where nobody stated which address agents use, it is taken to be the one that Ferrite uses.
  const { host } = parseAddress(device.address, 'ssh')
  const isStated = (device.facts['serverAddress'] ?? '') !== ''
  return {
    family: 'deviceon-server',
    readAt,
    ...probed({ ...texts, systemVersion: version }),
    ...(freeBytes !== undefined && { freeBytes: fact(freeBytes, 'probed', readAt) }),
    traits: {
      ...probed({ os: server.edition, mac, tpmId, newestBackup }),
      ...(!isStated && { serverAddress: fact(host, 'recorded', readAt) }),
    },
  }
}

async function ofWindows(server: Server, signal: AbortSignal): Promise<MachineFacts> {
  const ask = async (command: string): Promise<string> => await server.answer(command, signal)
  const guid = await ask('reg query HKLM\\SOFTWARE\\Microsoft\\Cryptography /v MachineGuid')
  const key = await ask(powershell('(Get-TpmEndorsementKeyInfo -HashAlgorithm Sha256).PublicKeyHash'))
  return {
    serial: /MachineGuid\s+REG_SZ\s+([0-9a-f-]{36})\s*$/im.exec(guid)?.[1]?.toLowerCase(),
    hostname: oneLine(await ask('hostname')),
    operatingSystem: server.systemName,
    mac: onlyOne((await ask('getmac /fo csv /nh')).split('\n').map((line) => line.split('"')[1] ?? '')),
    tpmId: normaliseKeyHash(key),
  }
}

async function ofLinux(server: Server, signal: AbortSignal): Promise<MachineFacts> {
  const ask = async (command: string): Promise<string> => await server.answer(command, signal)
  const id = oneLine(await ask('cat -- /etc/machine-id'))
  const release = await ask('cat -- /etc/os-release')
  return {
    architecture: normaliseArchitecture(oneLine(await ask('uname -m'))),
    serial: /^[0-9a-f]{32}$/.test(id) ? id : undefined,
    hostname: oneLine(await ask('hostname')),
    operatingSystem: /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1] ?? '',
    mac: await linuxMac(server, signal),
    // The TPM tools of Linux make the key anew and write it to a file: nothing that merely reads it is there by default.
    tpmId: undefined,
  }
}

async function linuxMac(server: Server, signal: AbortSignal): Promise<string | undefined> {
  const folder = '/sys/class/net'
  const files = await server.files(signal)
  const names = ((await files.list(folder, { signal })) ?? []).map(({ name }) => name)
  const addresses: string[] = []
  for (const name of names.filter((each) => /^[A-Za-z0-9._@-]+$/.test(each) && !virtualAdapter.test(each))) {
    addresses.push(oneLine(await server.answer(`cat -- ${folder}/${name}/address`, signal)))
  }
  return onlyOne(addresses)
}

/** With several adapters only a person knows which one the licence is bound to. */
function onlyOne(addresses: readonly string[]): string | undefined {
  const found = new Set(addresses.flatMap((address) => normaliseMac(address) ?? []))
  return found.size === 1 ? [...found][0] : undefined
}

async function newestOf(
  server: Server,
  { storageFolder }: ServerFacts,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (storageFolder === undefined) return undefined
  server.checkFolder('storageFolder', storageFolder)
  const files = await server.files(signal)
  const entries = (await files.list(server.sftpPath(storageFolder), { signal })) ?? []
  const times = entries.flatMap(({ name, kind }) =>
    kind === 'file' && isBackupName(name) ? (madeAt(name) ?? []) : [],
  )
  return times.toSorted().at(-1)
}
