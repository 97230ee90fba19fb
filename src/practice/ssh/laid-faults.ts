/** Which lines an effect is aimed at; without any of these, the next one. */
export interface Aim {
  /** A text that the line must hold, or a pattern that must match it. */
  readonly command?: string | RegExp
  /** How many matching lines pass unharmed first. */
  readonly skip?: number
  /** How many lines are hit; 1 unless told otherwise. */
  readonly times?: number
}

interface Loaded<Fault> {
  readonly fault: Fault
  skip: number
  times: number
}

/** The faults that lie in wait for commands. They can be added and removed while the device runs. */
export class LaidFaults<Fault extends Aim> {
  readonly #loaded = new Set<Loaded<Fault>>()

  /** Adds a fault and answers how to take it back. */
  inject(fault: Fault): () => void {
    const loaded = { fault, skip: fault.skip ?? 0, times: fault.times ?? 1 }
    this.#loaded.add(loaded)
    return () => {
      this.#loaded.delete(loaded)
    }
  }

  clear(): void {
    this.#loaded.clear()
  }

  /** The fault that strikes this line, used up by one. Those of which `fits` says no are passed over. */
  take(line: string): Fault | undefined
  take<Fitting extends Fault>(line: string, fits: (fault: Fault) => fault is Fitting): Fitting | undefined
  take(line: string, fits: (fault: Fault) => boolean = () => true): Fault | undefined {
    for (const loaded of this.#loaded) {
      const { fault } = loaded
      if (!fits(fault) || !isAimedAt(fault, line)) continue
      if (loaded.skip > 0) {
        loaded.skip -= 1
        continue
      }
      loaded.times -= 1
      if (loaded.times <= 0) this.#loaded.delete(loaded)
      return fault
    }
    return undefined
  }
}

function isAimedAt({ command }: Aim, line: string): boolean {
  if (command === undefined) return true
  return typeof command === 'string' ? line.includes(command) : command.test(line)
}
