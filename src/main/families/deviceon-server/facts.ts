import { FailureError } from '../../../shared/failure.ts'
import type { DeviceFacts } from '../../../shared/model/device.ts'
import { fact, type Identity } from '../../../shared/model/identity.ts'
import { statedFactsAbout } from '../../../shared/model/stated-facts.ts'
import { normaliseKeyHash, normaliseMac, readVersion } from './values.ts'

export type Edition = 'windows' | 'linux'

/** What a person says about a server beside its address. Folders are absolute, spelled as on the server. */
export interface ServerFacts {
  readonly storageFolder: string | undefined
  readonly installFolder: string | undefined
  readonly portalPort: number
  readonly portalUser: string | undefined
  readonly schedule: 'daily' | 'monthly' | undefined
}

/** The installer's default; the manual's table of ports names others (pages Windows and HTTPS of the manual). */
const defaultPortalPort = 8080

/**
 * Checks the facts of a server; the result can be checked again and stays the same. Nothing is filled in: where backups
 * lie is decided by whoever set System Backup up.
 * @throws FailureError `bad-input` naming the fact
 */
export function checkFacts(given: DeviceFacts): DeviceFacts {
  const facts = Object.fromEntries(Object.entries(given).filter(([, value]) => value.trim() !== ''))
  const known = statedFactsAbout('deviceon-server', 'device')
  for (const [name, value] of Object.entries(facts)) {
    const answer = known.find((each) => each.name === name)?.answer
    if (!answer) refuse(name, 'is not known for a DeviceOn server')
    else if (answer.kind === 'choice' && !answer.choices.includes(value)) {
      refuse(name, `is one of ${answer.choices.join(', ')}`)
    } else if (answer.kind === 'yes-no' && !['yes', 'no'].includes(value)) {
      refuse(name, 'is answered with yes or no')
    }
  }
  const { version, tpmId, mac } = facts
  if (version !== undefined && readVersion(version) === undefined) {
    refuse('version', 'is three numbers, as 5.3.12')
  }
  if (tpmId !== undefined && normaliseKeyHash(tpmId) === undefined) {
    refuse('tpmId', 'is a SHA-256 of 64 hex digits')
  }
  if (mac !== undefined && normaliseMac(mac) === undefined) refuse('mac', 'is no MAC address')
  const { storageFolder, installFolder } = readFacts(facts)
  return {
    ...facts,
    ...(storageFolder !== undefined && { storageFolder }),
    ...(installFolder !== undefined && { installFolder }),
  }
}

/** @throws FailureError `bad-input` naming the fact */
export function readFacts(facts: DeviceFacts): ServerFacts {
  const port = facts['portalPort'] ?? String(defaultPortalPort)
  const portalPort = Number(port)
  if (!/^\d{1,5}$/.test(port) || portalPort < 1 || portalPort > 65535) refuse('portalPort', 'is no port')
  const portalUser = facts['portalUser']
  if (portalUser !== undefined && !/^[\x20-\x39\x3b-\x7e]{1,200}$/.test(portalUser)) {
    refuse('portalUser', 'holds a sign that no account has')
  }
  const schedule = facts['schedule']
  return {
    storageFolder: folder('storageFolder', facts['storageFolder']),
    installFolder: folder('installFolder', facts['installFolder']),
    portalPort,
    portalUser: portalUser === '' ? undefined : portalUser,
    schedule: schedule === 'daily' || schedule === 'monthly' ? schedule : undefined,
  }
}

/** What a person stated, as facts of an identity. An answer that cannot be one is left out: it must settle nothing. */
export function stated(facts: DeviceFacts, at: string): Partial<Identity> {
  const version = readVersion(facts['version'] ?? '')
  const given: Readonly<Record<string, string | undefined>> = {
    os: facts['os'],
    tpm: facts['tpm'],
    tpmId: normaliseKeyHash(facts['tpmId'] ?? ''),
    serverAddress: facts['serverAddress']?.trim().toLowerCase(),
    mac: normaliseMac(facts['mac'] ?? ''),
    schedule: facts['schedule'],
  }
  const traits = Object.entries(given).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, fact(value, 'stated', at)] as const],
  )
  return {
    ...(version !== undefined && { systemVersion: fact(version, 'stated', at) }),
    ...(traits.length > 0 && { traits: Object.fromEntries(traits) }),
  }
}

/** @throws FailureError `bad-input` where nobody said where the backups lie */
export function requireStorage({ storageFolder }: ServerFacts): string {
  if (storageFolder !== undefined) return storageFolder
  return refuse('storageFolder', 'is not set: name the folder in which System Backup puts its files')
}

/**
 * Signs are refused that mean something to a command processor even between quotation marks, or that cannot be shown
 * on one line.
 */
function folder(field: string, value: string | undefined): string | undefined {
  const path = value?.trim() ?? ''
  if (path === '') return undefined
  const isWindows = /^[A-Za-z]:[\\/]/.test(path)
  if (!isWindows && !path.startsWith('/')) {
    refuse(field, `names “${path}”, which begins with neither a drive nor “/”`)
  }
  if (/[\p{C}\p{Zl}\p{Zp}"%!*?<>|]/u.test(path)) refuse(field, 'holds a sign that no folder has')
  if (path.split(/[\\/]/).some((name) => name === '.' || name === '..')) {
    refuse(field, `names “${path}”, which holds “.” or “..”`)
  }
  const plain = isWindows ? path.replaceAll('/', '\\') : path
  const trimmed = plain.replace(isWindows ? /\\+$/ : /\/+$/, '')
  return isWindows && trimmed.length === 2 ? `${trimmed}\\` : trimmed === '' ? '/' : trimmed
}

function refuse(field: string, reason: string): never {
  throw new FailureError({ code: 'bad-input', field, reason })
}
