import { readFileSync, statSync } from 'node:fs'
import { operands, parseShellLine } from '../ssh/shell-line.ts'
import type { Answer, Reaction } from './answer.ts'
import { printed, refused } from './answer.ts'
import type { CommandEffect } from './faults.ts'
import { fileDigest } from './file-digest.ts'
import type { Server } from './server.ts'

interface Call {
  readonly server: Server
  readonly args: readonly string[]
  readonly effect: CommandEffect | undefined
}

/** Everything this Ubuntu can do. The tools of the TPM are not installed, as on a fresh one. */
const commands: Readonly<Record<string, (call: Call) => Answer>> = {
  uname: ({ server, args: [option = '-s'] }) => {
    const answers: Readonly<Record<string, string>> = {
      '-m': 'x86_64',
      '-n': server.hostname,
      '-r': '5.15.0-113-generic',
      '-s': 'Linux',
    }
    return printed(`${answers[option] ?? 'Linux'}\n`)
  },
  hostname: ({ server }) => printed(`${server.hostname}\n`),
  id: () => printed('0\n'),
  cat: ({ server, args }) => {
    let output = ''
    for (const name of operands(args)) {
      const content = contentOf(server, name)
      if (content === undefined) return { ...refused(`cat: ${name}: No such file or directory\n`), output }
      output += content
    }
    return printed(output)
  },
  sha256sum: ({ server, args, effect }) => {
    let output = ''
    for (const name of operands(args)) {
      const digest = fileDigest(server, name, effect)
      if (digest === undefined) return refused(`sha256sum: ${name}: No such file or directory\n`)
      output += `${digest}  ${name}\n`
    }
    return printed(output)
  },
  df: ({ server, args, effect }) => {
    const [name = '/'] = operands(args)
    const place = server.disk.place(name)
    if (place === undefined || !statSync(place.real, { throwIfNoEntry: false })) {
      return refused(`df: ${name}: No such file or directory\n`)
    }
    const free = effect?.effect === 'free-bytes' ? effect.freeBytes : server.freeBytes('/')
    const [total, available] = [Math.floor(server.diskBytes / 1024), Math.floor(free / 1024)]
    const used = total - available
    return printed(
      `Filesystem     1024-blocks    Used Available Capacity Mounted on\n/dev/sda2 ${total} ${used} ${available} ${Math.round((used / total) * 100)}% /\n`,
    )
  },
  systemctl: ({ server, args: [verb, ...rest] }) => {
    const isKnown = verb === 'is-active' && /^deviceon-portal(\.service)?$/.test(operands(rest)[0] ?? '')
    if (!isKnown) return { ...printed('inactive\n'), exitCode: 3 }
    const isActive = !server.isRestoring && server.portal !== 'down'
    return isActive ? printed('active\n') : { ...printed('inactive\n'), exitCode: 3 }
  },
  test: ({ server, args: [option, name = ''] }) => {
    const place = server.disk.place(name)
    const found = place && statSync(place.real, { throwIfNoEntry: false })
    if (!found) return refused('', 1)
    const wanted = option === '-d' ? found.isDirectory() : option !== '-f' || found.isFile()
    return refused('', wanted ? 0 : 1)
  },
}

/** Reads one line as `sh` would and carries it out. */
export function runUbuntuLine(server: Server, line: string, effect: CommandEffect | undefined): Reaction {
  const parsed = parseShellLine(line)
  if (parsed === undefined || parsed.output !== undefined) {
    return refused('sh: 1: Syntax error: this server carries out simple commands only\n', 2)
  }
  const words = parsed.words[0] === 'sudo' ? withoutSudo(parsed.words) : parsed.words
  const [name = '', ...args] = words
  if (name.startsWith('/') && server.disk.place(name)?.shown === server.edition.recoveryTool)
    return 'recovery-tool'
  // An own property only: `constructor` is no command.
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  const answer =
    command === undefined ? refused(`sh: 1: ${name}: not found\n`, 127) : command({ server, args, effect })
  // Whatever file the errors are sent to, nobody here reads it.
  return parsed.errors === undefined ? answer : { ...answer, errors: '' }
}

function withoutSudo(words: readonly string[]): readonly string[] {
  return words.slice(words.findIndex((word, index) => index > 0 && !word.startsWith('-')))
}

/** After a swap the files that name the machine are those of another one. */
function contentOf(server: Server, name: string): string | undefined {
  const place = server.disk.place(name)
  if (place === undefined || !statSync(place.real, { throwIfNoEntry: false })?.isFile()) return undefined
  if (place.shown === '/etc/machine-id') return `${server.machineId}\n`
  if (place.shown === '/etc/hostname') return `${server.hostname}\n`
  return readFileSync(place.real, 'utf8')
}
