import type { Aim } from '../ssh/laid-faults.ts'

/** What goes wrong with one command. Aimed at the command line. */
export type CommandEffect =
  /** The command is neither carried out nor answered, and the server says nothing more on this channel. */
  | { readonly effect: 'silence' }
  /** The command is not carried out and ends with this code. */
  | { readonly effect: 'fail'; readonly exitCode: number; readonly message: string }
  /** The checksum that is printed is another one. */
  | { readonly effect: 'wrong-sha256' }
  /** Each drive is said to hold so many free bytes, whatever it holds. */
  | { readonly effect: 'free-bytes'; readonly freeBytes: number }
  /** From now on another machine answers at this address: other machine id, other name. */
  | { readonly effect: 'swap-identity' }

/** What goes wrong with one run of the recovery tool. Aimed at the command line that starts it. */
export type RecoveryEffect =
  /** The tool says that it lacks rights and ends before it asks for anything. */
  | { readonly effect: 'elevation-refused' }
  /** The tool ends with code 0 and without a word after the path was given; it restores all the same, or nothing. */
  | { readonly effect: 'silent-end'; readonly restores: boolean }
  /** Nothing more is said: before the prompt, after the path was given, or when half of the data has changed. */
  | { readonly effect: 'hang'; readonly at: 'prompt' | 'path' | 'change' }
  /** The connection is reset after the path was given, or when the change has begun; the tool dies with it or not. */
  | { readonly effect: 'drop'; readonly at: 'path' | 'change'; readonly tool: 'dies' | 'goes-on' }
  /** The restore breaks off half way with a failure text and this code, 1 unless told otherwise. */
  | { readonly effect: 'fail-midway'; readonly exitCode?: number }
  /** Whatever the tool says, it ends with this code. */
  | { readonly effect: 'exit-code'; readonly exitCode: number }
  /** The success text is printed, but only half of the data is there. */
  | { readonly effect: 'lie' }

/** What goes wrong with one file that is carried. Aimed at `read <path>` or `write <path>`. */
export type FileEffect =
  /** Before more than so many bytes are carried the connection is reset, or the server says nothing more. */
  | { readonly effect: 'cut-file'; readonly afterBytes: number; readonly how: 'reset' | 'silence' }
  /** One bit of what is read is flipped. */
  | { readonly effect: 'damage-file'; readonly offset: number }
  /** The disk takes so many bytes more and is full then. */
  | { readonly effect: 'disk-full'; readonly afterBytes: number }
  /** The file is not opened. */
  | { readonly effect: 'refuse-file' }

/** The server does not carry a connection on. Aimed at `<address>:<port>`. */
export interface ForwardingEffect {
  readonly effect: 'refuse-forwarding'
}

export type ServerFault = (CommandEffect | RecoveryEffect | FileEffect | ForwardingEffect) & Aim

const kinds = {
  silence: 'command',
  fail: 'command',
  'wrong-sha256': 'command',
  'free-bytes': 'command',
  'swap-identity': 'command',
  'elevation-refused': 'recovery',
  'silent-end': 'recovery',
  hang: 'recovery',
  drop: 'recovery',
  'fail-midway': 'recovery',
  'exit-code': 'recovery',
  lie: 'recovery',
  'cut-file': 'file',
  'damage-file': 'file',
  'disk-full': 'file',
  'refuse-file': 'file',
  'refuse-forwarding': 'forwarding',
} as const satisfies Record<ServerFault['effect'], string>

export const isCommandFault = (fault: ServerFault): fault is CommandEffect & Aim =>
  kinds[fault.effect] === 'command'
export const isRecoveryFault = (fault: ServerFault): fault is RecoveryEffect & Aim =>
  kinds[fault.effect] === 'recovery'
export const isFileFault = (fault: ServerFault): fault is FileEffect & Aim => kinds[fault.effect] === 'file'
export const isForwardingFault = (fault: ServerFault): fault is ForwardingEffect & Aim =>
  kinds[fault.effect] === 'forwarding'
