import type { ToParser } from './messages.ts'

/** One parser process as main holds it; the window and the command line start it in different ways. */
export interface ParserPort {
  readonly post: (message: ToParser) => void
  /** Whatever comes is unchecked. */
  readonly onMessage: (listener: (message: unknown) => void) => void
  /** Called once, also where it could not be started. */
  readonly onExit: (listener: () => void) => void
  /** Ends it at once, even where it is stopped or busy. */
  readonly kill: () => void
}

/** Starts a parser process: an empty environment, a heap of `parserHeapMiB`. */
export type StartParser = () => ParserPort

/** Heap of a parser process; buffers lie beside it and are watched by `parserRssBytes`. */
export const parserHeapMiB = 512

/** All that a parser process gets of the environment: Windows starts no program without the place of its system. */
export function parserEnvironment(
  environment: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): Record<string, string> {
  const { SystemRoot } = environment
  return platform === 'win32' && SystemRoot !== undefined ? { SystemRoot } : {}
}
