import type { Execution } from './host.ts'

/**
 * The three questions that can be asked: which of these names are links (`-maxdepth 0 -type l`), what below them may
 * this login not read (`! -readable …`), and how large are the files (`-type f -printf '%s %p\n'`).
 */
export async function find(execution: Execution): Promise<number> {
  const { args, complain, host } = execution
  const names = args.slice(
    0,
    args.findIndex((arg) => arg.startsWith('-') || arg === '('),
  )
  const question = args.slice(names.length).join(' ')
  if (host.tar === 'busybox' && /-readable|-printf/.test(question)) {
    const unknown = question.includes('-readable') ? '-readable' : '-printf'
    complain(`find: unrecognized: ${unknown}\n`)
    return 1
  }
  let exitCode = 0
  for (const name of names) {
    const path = host.tree.place(name)
    if (path === undefined || host.tree.get(path) === undefined) {
      complain(`find: '${name}': No such file or directory\n`)
      exitCode = 1
    } else if (question.startsWith('-maxdepth 0 -type l')) {
      if (host.tree.get(path)?.kind === 'link') await execution.print(`${name}\n`)
    } else await visit(execution, path, { name, question })
  }
  return exitCode
}

async function visit(
  execution: Execution,
  path: string,
  { name, question }: { readonly name: string; readonly question: string },
): Promise<void> {
  const { host, user, print } = execution
  const kind = host.tree.get(path)?.kind
  if (question.includes('-readable') && !host.tree.mayRead(path, user)) {
    await print(`${name}\n`)
    return
  }
  if (kind === 'file' && question.includes('-printf')) await print(`${host.tree.sizeOf(path)} ${name}\n`)
  if (kind !== 'folder') return
  for (const child of host.tree.children(path)) {
    await visit(execution, path === '' ? child : `${path}/${child}`, { name: `${name}/${child}`, question })
  }
}
