import type { Aim } from '../ssh/laid-faults.ts'

/** How a connection ends before its time: reset at once, closed politely, or left open and mute. */
export type Cut = 'reset' | 'end' | 'silence'

/** What goes wrong with one command. */
export type CommandEffect =
  /** The command is neither carried out nor answered, and the host says nothing more on this connection. */
  | { readonly effect: 'silence' }
  /** The output breaks off after so many bytes. */
  | { readonly effect: 'cut-output'; readonly afterBytes: number; readonly how: Cut }
  /** The input is no longer read after so many bytes. */
  | { readonly effect: 'cut-input'; readonly afterBytes: number; readonly how: Cut }
  /** The connection is reset when the command begins; the command itself goes on and ends so much later. */
  | { readonly effect: 'lose-answer'; readonly afterMs?: number }
  /** The disk takes so many bytes more and is full then. */
  | { readonly effect: 'disk-full'; readonly afterBytes: number }
  /** The disk is said to hold so many free bytes, whatever it holds. */
  | { readonly effect: 'free-bytes'; readonly freeBytes: number }
  /** The checksum that is printed is another one. */
  | { readonly effect: 'wrong-sha256' }
  /** One bit of the output is flipped. */
  | { readonly effect: 'damage-output'; readonly offset: number }
  /** From now on another host answers at this address: other machine id, other name. */
  | { readonly effect: 'swap-identity' }
  /** Unpacking stops after so many entries and the connection is reset. */
  | { readonly effect: 'half-applied'; readonly afterEntries: number }
  /** The command is not carried out and ends with this code. */
  | { readonly effect: 'fail'; readonly exitCode: number; readonly message: string }
  /** The output comes whole, but the command says that it failed. */
  | { readonly effect: 'exit'; readonly exitCode: number; readonly message: string }

export type HostFault = CommandEffect & Aim
