import './lock-down.ts'
import type { FromParser, ToParser } from './messages.ts'
import { serveCalls } from './serve-calls.ts'

/** Electron's side of a utility process; plain Node has `process.send` instead. */
interface ParentPort {
  readonly postMessage: (message: FromParser) => void
  readonly on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => void
}

const { parentPort } = process as { readonly parentPort?: ParentPort }

// What arrives comes from main, which is not hostile; its shape is that of the contract by construction.
if (parentPort) {
  const take = serveCalls((message) => {
    parentPort.postMessage(message)
  })
  parentPort.on('message', ({ data }) => {
    take(data as ToParser)
  })
  parentPort.postMessage({ kind: 'ready' })
} else {
  const send = (message: FromParser): void => {
    process.send?.(message)
  }
  const take = serveCalls(send)
  process.on('message', (message) => {
    take(message as ToParser)
  })
  process.on('disconnect', () => {
    process.exit(0)
  })
  send({ kind: 'ready' })
}
