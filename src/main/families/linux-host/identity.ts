import { FailureError } from '../../../shared/failure.ts'
import { fact, normaliseArchitecture, type Identity } from '../../../shared/model/identity.ts'
import type { HostFacts } from './facts.ts'
import { oneLine, parseOsRelease, systemVersionOf } from './os-release.ts'
import type { Shell } from './shell.ts'

const smallFileBytes = 64 * 1024
/**
 * Asks a host who it is. Sources: `uname(1)`, os-release(5), machine-id(5), the device tree or the DMI table that the
 * kernel shows, `df -P` (POSIX). What cannot be read is left out.
 * @throws FailureError `wrong-family` where nothing like a POSIX system answers
 */
export async function readIdentity(shell: Shell, facts: HostFacts, signal: AbortSignal): Promise<Identity> {
  const machine = await shell.run(['uname', '-m'], { signal })
  const architecture = oneLine(machine.stdout.toString())
  if (machine.exitCode !== 0 || architecture === '') {
    const detail = `“uname -m” gave exit code ${machine.exitCode} and ${architecture === '' ? 'no answer' : 'an answer'}`
    throw new FailureError({ code: 'wrong-family', address: shell.address, family: 'linux-host', detail })
  }
  const read = async (words: readonly string[]): Promise<string> => await answerOf(shell, words, signal)
  const osRelease = parseOsRelease(await read(['cat', '--', '/etc/os-release']))
  const found = {
    architecture: normaliseArchitecture(architecture),
    model: await modelOf(read),
    serial: machineIdOf(await read(['cat', '--', '/etc/machine-id'])),
    hostname: oneLine(await read(['uname', '-n'])),
    systemVersion: systemVersionOf(osRelease),
    operatingSystem: oneLine(osRelease.get('PRETTY_NAME') ?? ''),
  }
  const userId = oneLine(await read(['id', '-u']))
  const freeBytes = parseFreeBytes(await read(['df', '-Pk', '--', facts.root]))
  const readAt = new Date().toISOString()
  const known = Object.entries(found).filter(([, value]) => value !== '')
  return {
    family: 'linux-host',
    readAt,
    ...Object.fromEntries(known.map(([name, value]) => [name, fact(value, 'probed', readAt)])),
    ...(/^\d+$/.test(userId) && {
      rights: fact(userId === '0' ? ['root'] : [`user ${userId}`], 'probed', readAt),
    }),
    ...(freeBytes !== undefined && { freeBytes: fact(freeBytes, 'probed', readAt) }),
  }
}

/** Free bytes for this login, from the answer of `df -Pk`. */
export function parseFreeBytes(answer: string): number | undefined {
  const last = answer.trimEnd().split('\n').at(-1) ?? ''
  const [, available] = /\s\d+\s+\d+\s+(\d+)\s+\d+%\s+\/.*$/.exec(last) ?? []
  return available === undefined ? undefined : Number(available) * 1024
}

/** 32 hex digits; an image that was not started yet says `uninitialized`, which tells no host from another. */
function machineIdOf(answer: string): string {
  const id = oneLine(answer)
  return /^[0-9a-f]{32}$/.test(id) ? id : ''
}

async function modelOf(read: (words: readonly string[]) => Promise<string>): Promise<string> {
  for (const file of ['/proc/device-tree/model', '/sys/class/dmi/id/product_name']) {
    const name = oneLine(await read(['cat', '--', file]))
    if (name !== '') return name
  }
  return ''
}

/** What a command prints; nothing where it fails, because a fact that cannot be read is simply not known. */
async function answerOf(shell: Shell, words: readonly string[], signal: AbortSignal): Promise<string> {
  const { exitCode, stdout } = await shell.run(words, { signal, maxOutputBytes: smallFileBytes })
  return exitCode === 0 ? stdout.toString() : ''
}
