import { utilityProcess } from 'electron'
import { parserEnvironment, parserHeapMiB, type ParserPort } from '../parser-host/parser-port.ts'

/**
 * Starts the parser process as a utility process of the window's app: no Node switch reaches it, so its heap is held by
 * V8's own, and what it may do by the lock-down it loads first.
 */
export function startUtilityParser(script: string): ParserPort {
  const child = utilityProcess.fork(script, [], {
    serviceName: 'Ferrite archive reader',
    execArgv: [`--js-flags=--max-old-space-size=${String(parserHeapMiB)}`],
    // An empty environment would be taken for none at all, and the app's own be handed on.
    env: { ...parserEnvironment(), FERRITE_PROCESS: 'parser' },
    stdio: 'ignore',
  })
  let hasExited = false
  child.once('exit', () => {
    hasExited = true
  })
  return {
    post: (message) => {
      if (!hasExited) child.postMessage(message)
    },
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      child.once('exit', listener)
    },
    kill: () => {
      child.kill()
      kill(child.pid)
    },
  }
}

/** `UtilityProcess.kill` asks politely, which a stopped process does not hear. */
function kill(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
