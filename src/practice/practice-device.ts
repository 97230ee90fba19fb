/** A simulated device that listens on loopback and speaks its family's wire protocol. */
export interface PracticeDevice extends AsyncDisposable {
  readonly name: string
  readonly family: string
  /** Where it listens, as `https://127.0.0.1:port` or `ssh://127.0.0.1:port`. */
  readonly address: string
  /** What a client pins: for TLS the SHA-256 of the certificate in lower-case hex, for SSH as `ssh-keygen -lf` prints it. */
  readonly fingerprint: string
  /** What a person has to state of it because no client can ask for it, by the fact's name. */
  readonly facts?: Readonly<Record<string, string>>
  /** Every request that arrived since this process started the device, in the order of arrival. */
  log(): readonly LoggedRequest[]
  /** Closes every connection and stops listening. The folder keeps everything else. */
  stop(): Promise<void>
}

/** One request as the device saw it, whatever the client believes it sent. */
export interface LoggedRequest {
  /** Counts requests and events together and never starts again in the same folder. */
  readonly sequence: number
  readonly receivedAt: string
  /** Which connection carried it, counted from 1 since the device was started. */
  readonly connection: number
  readonly method: string
  /** With its query. */
  readonly path: string
  /** The user whom the token named, or undefined when there was none that counts. */
  readonly user: string | undefined
  readonly bodyBytes: number
  /** Lower-case hex, or empty while the request is under way. */
  readonly bodySha256: string
  /** False when the request broke off before its end. */
  readonly bodyComplete: boolean
  /** Undefined when no status was ever sent. */
  readonly status: number | undefined
  /** The fault that was injected into this exchange, if any. */
  readonly fault: string | undefined
}

/** Something that the device did by itself or that changed it: the order is told by the sequence. */
export interface LoggedEvent {
  readonly sequence: number
  readonly at: string
  readonly event: string
  readonly facts: Readonly<Record<string, unknown>>
}
