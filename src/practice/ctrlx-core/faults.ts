/** How a connection ends before its time: reset at once, closed politely, or left open and mute. */
export type Cut = 'reset' | 'end' | 'silence'

/** What goes wrong with one exchange. */
export type ExchangeEffect =
  /** The answer's body breaks off after so many bytes, although its length was announced in full. */
  | { readonly effect: 'cut-download'; readonly afterBytes: number; readonly how: Cut }
  /** The request is no longer read after so many bytes of its body. Nothing is carried out. */
  | { readonly effect: 'cut-upload'; readonly afterBytes: number; readonly how: Cut }
  /** The request is carried out, and then the connection ends so instead of with an answer. */
  | { readonly effect: 'lose-answer'; readonly how: Cut }
  /** The file ends after so many bytes, and the length announced is that of the short file. */
  | { readonly effect: 'truncate-file'; readonly keepBytes: number }
  /** One bit of the body is flipped on the way out. */
  | { readonly effect: 'damage-file'; readonly offset: number }
  /** `Content-Length` is off by so many bytes. */
  | { readonly effect: 'wrong-length'; readonly deltaBytes: number }
  /** The body trickles. */
  | { readonly effect: 'slow'; readonly bytesPerSecond: number }
  /** A bare status such as 502 or 503 in place of the answer; nothing is carried out. */
  | { readonly effect: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly effect: 'redirect'; readonly location: string }
  /** 200 with the page that a browser would see. */
  | { readonly effect: 'login-page' }
  /** This in place of the answer, whatever it is; nothing is carried out. */
  | {
      readonly effect: 'replace-answer'
      readonly status: number
      readonly type: string
      readonly body: string | Buffer
      readonly headers?: Readonly<Record<string, string>>
    }
  /** The request is carried out, and the JSON that it is answered with is changed on the way. */
  | { readonly effect: 'alter-json'; readonly alter: (value: unknown) => unknown }
  /** These bytes on the connection in place of an HTTP answer, and then its end; nothing is carried out. */
  | { readonly effect: 'raw-answer'; readonly bytes: string }
  /** The request is read, never answered and not carried out. */
  | { readonly effect: 'silence' }
  /** Every session ends right before this request. */
  | { readonly effect: 'expire-session' }

/** What goes wrong with a task or with the device as a whole. */
export type DeviceEffect =
  /** No room for the file: either refused at once with a Problem, or noticed by the task. */
  | { readonly effect: 'disk-full'; readonly task: 'create' | 'apply'; readonly noticed: 'request' | 'task' }
  /** At 100 % the task's state reads null, so many times. */
  | { readonly effect: 'task-state-null'; readonly task: 'create' | 'apply'; readonly polls: number }
  /** The task stays at this progress for ever. */
  | { readonly effect: 'task-stuck'; readonly task: 'create' | 'apply'; readonly progress: number }
  | { readonly effect: 'task-failed'; readonly task: 'create' | 'apply'; readonly error: string }
  /** The task cannot be found any more once it has ended. */
  | { readonly effect: 'task-gone'; readonly task: 'create' | 'apply' }
  /** ERROR lines in the protocol of an apply task that is `done` nevertheless. */
  | { readonly effect: 'protocol-errors'; readonly lines: readonly string[] }
  /** The apply task fails between the settings and the apps: the device is left half old, half new. */
  | { readonly effect: 'half-applied' }
  /** The package manager calls the update of a system app done, and the former version goes on running. */
  | { readonly effect: 'app-not-updated' }
  /** The next reboot ends with a device that stays off. */
  | { readonly effect: 'no-return' }

/** Which exchanges an effect is aimed at; without any of these, the next one. */
export interface Aim {
  readonly method?: string
  /** A path without query that must be equal, or a pattern that must match it. */
  readonly path?: string | RegExp
  /** How many matching exchanges pass unharmed first. */
  readonly skip?: number
  /** How many exchanges are hit; 1 unless told otherwise. */
  readonly times?: number
}

export type Fault = (ExchangeEffect & Aim) | DeviceFault
type DeviceFault = DeviceEffect & Pick<Aim, 'skip' | 'times'>

type Named<E extends string> = Extract<ExchangeEffect | DeviceEffect, { effect: E }>

const deviceEffects: Readonly<Record<DeviceEffect['effect'], true>> = {
  'disk-full': true,
  'task-state-null': true,
  'task-stuck': true,
  'task-failed': true,
  'task-gone': true,
  'protocol-errors': true,
  'half-applied': true,
  'app-not-updated': true,
  'no-return': true,
}

interface Loaded {
  readonly fault: Fault
  skip: number
  times: number
}

/** The faults that lie in wait. They can be added and removed while the device runs. */
export class Faults {
  readonly #loaded = new Set<Loaded>()

  /** Adds a fault and answers how to take it back. */
  inject(fault: Fault): () => void {
    const loaded: Loaded = { fault, skip: fault.skip ?? 0, times: fault.times ?? 1 }
    this.#loaded.add(loaded)
    return () => {
      this.#loaded.delete(loaded)
    }
  }

  clear(): void {
    this.#loaded.clear()
  }

  /** The fault that strikes this exchange, used up by one. */
  takeExchange(method: string, path: string): ExchangeEffect | undefined {
    return this.#take((fault): fault is ExchangeEffect & Aim => {
      if (isDeviceFault(fault)) return false
      if (fault.method !== undefined && fault.method !== method) return false
      return fault.path === undefined || matches(fault.path, path)
    })
  }

  /** The fault of this name that strikes the device, used up by one. */
  takeDevice<E extends DeviceEffect['effect']>(
    effect: E,
    applies: (fault: Named<E>) => boolean = () => true,
  ): Named<E> | undefined {
    // The name decides the member of the union; TypeScript cannot follow that through a generic.
    return this.#take((fault) => fault.effect === effect && applies(fault as Named<E>)) as
      Named<E> | undefined
  }

  #take<F extends Fault>(applies: (fault: Fault) => fault is F): F | undefined
  #take(applies: (fault: Fault) => boolean): Fault | undefined
  #take(applies: (fault: Fault) => boolean): Fault | undefined {
    for (const loaded of this.#loaded) {
      if (!applies(loaded.fault)) continue
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

function isDeviceFault(fault: Fault): fault is DeviceFault {
  return fault.effect in deviceEffects
}

function matches(wanted: string | RegExp, path: string): boolean {
  return typeof wanted === 'string' ? wanted === path : wanted.test(path)
}
