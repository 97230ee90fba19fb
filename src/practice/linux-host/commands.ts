import { createHash } from 'node:crypto'
import { operands } from '../ssh/shell-line.ts'
import type { Command, Execution } from './host.ts'
import { parentOf } from './file-tree.ts'
import { find } from './find-command.ts'
import { tar } from './tar-command.ts'

/** Everything this host can do. A command that is not here is not installed. */
export const commands: Readonly<Record<string, Command>> = {
  uname: async ({ args: [option], host, print }) => {
    const answers: Readonly<Record<string, string>> = {
      '-m': host.model.machine,
      '-n': host.hostname,
      '-s': 'Linux',
    }
    await print(`${answers[option ?? '-s'] ?? 'Linux'}\n`)
    return 0
  },
  hostname: async ({ host, print }) => {
    await print(`${host.hostname}\n`)
    return 0
  },
  id: async ({ user, print }) => {
    await print(`${user.uid}\n`)
    return 0
  },
  cat,
  df,
  find,
  ls,
  mkdir,
  pgrep: async ({ args, host, print }) => {
    const pattern = new RegExp(args.at(-1) ?? '')
    const found = [...host.running].filter((line) => pattern.test(line))
    for (const [index] of found.entries()) await print(`${2000 + index}\n`)
    return found.length > 0 ? 0 : 1
  },
  rm: async ({ args, host, user, complain }) => {
    let exitCode = 0
    for (const name of operands(args)) {
      const path = host.tree.place(name)
      if (path === undefined || path === '') continue
      if (host.tree.get(path) === undefined) continue
      if (host.tree.mayChange(parentOf(path), user)) host.tree.remove(path)
      else {
        complain(`rm: cannot remove '${name}': Permission denied\n`)
        exitCode = 1
      }
    }
    host.tree.save()
    return exitCode
  },
  sha256sum: async ({ args, host, print, complain, effect }) => {
    for (const name of operands(args)) {
      const path = host.tree.resolve(name)
      if (path === undefined) return refuse(complain, `sha256sum: ${name}: No such file or directory`)
      const digest = host.tree.sha256(path)
      const shown =
        effect?.effect === 'wrong-sha256' ? createHash('sha256').update(digest).digest('hex') : digest
      await print(`${shown}  ${name}\n`)
    }
    return 0
  },
  systemctl,
  tar,
  test: async ({ args: [option, name = ''], host, user }) => {
    const path = host.tree.resolve(name)
    if (path === undefined) return 1
    return option !== '-r' || host.tree.mayRead(path, user) ? 0 : 1
  },
}

function refuse(complain: (text: string) => void, text: string, exitCode = 1): number {
  complain(`${text}\n`)
  return exitCode
}

async function cat({ args, host, user, input, print, complain }: Execution): Promise<number> {
  const names = operands(args)
  if (names.length === 0) {
    for await (const bytes of input) await print(bytes)
    return 0
  }
  let exitCode = 0
  for (const name of names) {
    const path = host.tree.resolve(name)
    if (path === undefined) exitCode = refuse(complain, `cat: ${name}: No such file or directory`)
    else if (host.tree.get(path)?.kind === 'folder')
      exitCode = refuse(complain, `cat: ${name}: Is a directory`)
    else if (!host.tree.mayRead(path, user)) exitCode = refuse(complain, `cat: ${name}: Permission denied`)
    else await print(host.contentOf(path))
  }
  return exitCode
}

async function df({ args, host, print, complain, effect }: Execution): Promise<number> {
  const [name = '/'] = operands(args)
  if (host.tree.resolve(name) === undefined) return refuse(complain, `df: ${name}: No such file or directory`)
  const free = effect?.effect === 'free-bytes' ? effect.freeBytes : host.freeBytes
  const [total, available] = [Math.floor(host.diskBytes / 1024), Math.floor(free / 1024)]
  const used = total - available
  await print('Filesystem     1024-blocks    Used Available Capacity Mounted on\n')
  await print(`/dev/mmcblk0p2 ${total} ${used} ${available} ${Math.round((used / total) * 100)}% /\n`)
  return 0
}

async function ls({ args, host, print, complain }: Execution): Promise<number> {
  let exitCode = 0
  for (const name of operands(args)) {
    const path = host.tree.place(name)
    if (path !== undefined && host.tree.get(path) !== undefined) await print(`${name}\n`)
    else exitCode = refuse(complain, `ls: cannot access '${name}': No such file or directory`, 2)
  }
  return exitCode
}

async function mkdir({ args, host, user, complain }: Execution): Promise<number> {
  const mode = args[0] === '-m' ? Number.parseInt(args[1] ?? '755', 8) : 0o755
  const [name = ''] = args[0] === '-m' ? operands(args.slice(2)) : operands(args)
  const path = host.tree.place(name)
  const refusal = (reason: string): number =>
    refuse(complain, `mkdir: cannot create directory '${name}': ${reason}`)
  if (path === undefined) return refusal('No such file or directory')
  if (host.tree.get(path) !== undefined) return refusal('File exists')
  if (!host.tree.mayChange(parentOf(path), user)) return refusal('Permission denied')
  host.tree.makeFolder(path, { mode, uid: user.uid, gid: user.gid, modifiedAt: host.seconds })
  host.tree.save()
  return 0
}

async function systemctl({ args, host, print, complain }: Execution): Promise<number> {
  const [verb] = args
  const [name = ''] = operands(args.slice(1))
  const service = /\.(service|target|timer)$/.test(name) ? name : `${name}.service`
  if (verb === 'is-active') {
    const isActive = host.isActive(service)
    await print(isActive ? 'active\n' : 'inactive\n')
    return isActive ? 0 : 3
  }
  if (verb !== 'restart') return refuse(complain, `Unknown command verb ${verb ?? ''}.`)
  if (!host.hasService(service)) {
    return refuse(complain, `Failed to restart ${service}: Unit ${service} not found.`, 5)
  }
  if (host.restartService(service)) return 0
  return refuse(complain, `Job for ${service} failed because the control process exited with error code.`)
}
