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

/** Which commands an effect is aimed at; without any of these, the next one. */
export interface Aim {
  /** A text that the command line must hold, or a pattern that must match it. */
  readonly command?: string | RegExp
  /** How many matching commands pass unharmed first. */
  readonly skip?: number
  /** How many commands are hit; 1 unless told otherwise. */
  readonly times?: number
}

export type HostFault = CommandEffect & Aim

interface Loaded {
  readonly fault: HostFault
  skip: number
  times: number
}

/** The faults that lie in wait. They can be added and removed while the host runs. */
export class HostFaults {
  readonly #loaded = new Set<Loaded>()

  /** Adds a fault and answers how to take it back. */
  inject(fault: HostFault): () => void {
    const loaded: Loaded = { fault, skip: fault.skip ?? 0, times: fault.times ?? 1 }
    this.#loaded.add(loaded)
    return () => {
      this.#loaded.delete(loaded)
    }
  }

  clear(): void {
    this.#loaded.clear()
  }

  /** The fault that strikes this command, used up by one. */
  take(command: string): CommandEffect | undefined {
    for (const loaded of this.#loaded) {
      const { command: wanted } = loaded.fault
      const isHit =
        wanted === undefined || (typeof wanted === 'string' ? command.includes(wanted) : wanted.test(command))
      if (!isHit) continue
      if (loaded.skip > 0) {
        loaded.skip -= 1
        continue
      }
      loaded.times -= 1
      if (loaded.times <= 0) this.#loaded.delete(loaded)
      return loaded.fault
    }
    return undefined
  }
}
