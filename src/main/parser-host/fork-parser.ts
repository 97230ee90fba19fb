import { fork } from 'node:child_process'
import { parserEnvironment, parserHeapMiB, type ParserPort } from './parser-port.ts'

/**
 * Starts the parser process under plain Node, as the command line does. Node's permission model holds it to reading
 * files: it cannot write, start processes or load native parts, whatever the lock-down in it would let through.
 */
export function forkParser(
  script: string,
  heapMiB = parserHeapMiB,
): ParserPort & { readonly pid: number | undefined } {
  const child = fork(script, [], {
    execArgv: [
      `--max-old-space-size=${String(heapMiB)}`,
      '--experimental-permission',
      '--allow-fs-read=*',
      '--no-warnings',
    ],
    env: parserEnvironment(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  // A process nobody asks anything of must not keep the command line alive.
  child.unref()
  child.channel?.unref()
  return {
    pid: child.pid,
    post: (message) => {
      if (child.connected) child.send(message)
    },
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      child.once('error', listener)
      child.once('exit', listener)
    },
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}
