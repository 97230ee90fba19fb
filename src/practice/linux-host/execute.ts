import { parseShellLine } from '../ssh/shell-line.ts'
import { commands } from './commands.ts'
import type { CommandEffect } from './faults.ts'
import type { Execution, Host } from './host.ts'
import type { HostUser } from './options.ts'
import { parentOf } from './file-tree.ts'
import { store } from './store.ts'

/** What a command line needs of the connection that carries it. */
export interface Streams {
  readonly input: AsyncIterable<Buffer>
  readonly print: (bytes: string | Buffer) => Promise<void>
  readonly complain: (text: string) => void
}

/** Carries out one command line and gives its exit code. */
export async function execute(
  host: Host,
  user: HostUser,
  call: { readonly line: string; readonly effect: CommandEffect | undefined; readonly streams: Streams },
): Promise<number> {
  const { line, effect, streams } = call
  const parsed = parseShellLine(line)
  if (parsed === undefined) {
    streams.complain('sh: 1: Syntax error: this host carries out simple commands only\n')
    return 2
  }
  if (effect?.effect === 'fail') {
    streams.complain(`${effect.message}\n`)
    return effect.exitCode
  }
  const [name = '', ...args] = parsed.words
  // An own property only: `constructor` is no command.
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    streams.complain(`sh: 1: ${name}: not found\n`)
    return 127
  }
  if (effect?.effect === 'swap-identity') host.swap()
  const complaints: string[] = []
  const execution: Execution = {
    args,
    host,
    user,
    input: streams.input,
    print: damaging(effect, streams.print),
    complain: parsed.errors === undefined ? streams.complain : (text) => complaints.push(text),
    effect,
  }
  const exitCode =
    parsed.output === undefined ? await command(execution) : await fill(execution, parsed.output)
  if (parsed.errors !== undefined) keep(execution, parsed.errors, complaints.join(''))
  if (effect?.effect !== 'exit') return exitCode
  streams.complain(`${effect.message}\n`)
  return effect.exitCode
}

/** `cat > file`: the only command whose output goes into a file. */
async function fill({ host, user, input, complain, effect }: Execution, target: string): Promise<number> {
  const path = host.tree.place(target)
  if (path === undefined || !host.tree.mayChange(parentOf(path), user)) {
    complain(
      `sh: 1: cannot create ${target}: ${path === undefined ? 'Directory nonexistent' : 'Permission denied'}\n`,
    )
    return 2
  }
  const attributes = { mode: 0o600, uid: user.uid, gid: user.gid, modifiedAt: host.seconds }
  const isStored = await store(host, { path, attributes, content: input, effect })
  host.tree.save()
  if (!isStored) complain('cat: write error: No space left on device\n')
  return isStored ? 0 : 1
}

function keep({ host, user }: Execution, target: string, text: string): void {
  const path = host.tree.place(target)
  if (path === undefined) return
  host.tree.write(path, text, { mode: 0o600, uid: user.uid, gid: user.gid, modifiedAt: host.seconds })
  host.tree.save()
}

function damaging(effect: CommandEffect | undefined, print: Execution['print']): Execution['print'] {
  if (effect?.effect !== 'damage-output') return print
  let before = 0
  return async (bytes) => {
    const content = Buffer.from(bytes as Buffer)
    const at = effect.offset - before
    before += content.length
    const old = content[at]
    if (at >= 0 && old !== undefined) content[at] = old ^ 1
    await print(content)
  }
}
