import ssh2, { type AnyAuthMethod, type AuthHandlerMiddleware, type ParsedKey } from 'ssh2'
import { FailureError } from '../../shared/failure.ts'
import type { Credentials } from './credentials.ts'
import { messageOf } from './socket-failure.ts'

type Method = AnyAuthMethod['type']

/** The way of one set of credentials through a login. Each secret is offered once, to this one connection. */
export interface Login {
  readonly user: string
  /** Decides what is tried next; given to the SSH library. */
  readonly authHandler: AuthHandlerMiddleware
  /** True once anything was tried: a device that says yes before that is not to be believed. */
  readonly hasBegun: () => boolean
}

/**
 * Prepares a login. `stop` is called with the failure when the device asks for something it is not given.
 * @throws FailureError `bad-input` where the key cannot be read
 */
export function prepareLogin(
  credentials: Credentials,
  address: string,
  stop: (failure: FailureError) => void,
): Login {
  const { user } = credentials
  const refused = (): FailureError => new FailureError({ code: 'login-refused', address, user })
  const methods = methodsOf(credentials, address, stop, refused)
  const tried = new Set<Method>()
  const authHandler: AuthHandlerMiddleware = (offered, partialSuccess, next) => {
    const method = nextMethod(methods, tried, offered, partialSuccess)
    if (!method) {
      stop(refused())
      return
    }
    tried.add(method.type)
    next(method)
  }
  return { user, authHandler, hasBegun: () => tried.size > 0 }
}

/**
 * The first method is tried unasked. Another one only where the device does not know the first: a refused password is
 * not sent again by another road, because that counts twice towards a locked account. Nor is it the answer to what a
 * device asks after a first success (a second factor).
 */
function nextMethod(
  methods: readonly AnyAuthMethod[],
  tried: ReadonlySet<Method>,
  offered: readonly Method[] | null,
  partialSuccess: boolean | null,
): AnyAuthMethod | undefined {
  if (tried.size === 0) return methods[0]
  if (partialSuccess === true || offered === null) return undefined
  if ([...tried].some((type) => offered.includes(type))) return undefined
  return methods.find(({ type }) => !tried.has(type) && offered.includes(type))
}

function methodsOf(
  credentials: Credentials,
  address: string,
  stop: (failure: FailureError) => void,
  refused: () => FailureError,
): readonly AnyAuthMethod[] {
  const { user: username } = credentials
  switch (credentials.kind) {
    case 'password': {
      const { password } = credentials
      const prompt = answerOnce(password, () => {
        stop(refused())
      })
      return [
        { type: 'password', username, password },
        { type: 'keyboard-interactive', username, prompt },
      ]
    }
    case 'key': {
      const key = readKey(credentials.privateKey, credentials.passphrase)
      return [{ type: 'publickey', username, key: withoutSha1(key, address, stop) }]
    }
    case 'agent':
      return [{ type: 'agent', username, agent: credentials.socket }]
  }
}

type Prompt = Extract<AnyAuthMethod, { type: 'keyboard-interactive' }>['prompt']

/** One hidden question is the password, once. A device that asks for anything else gets no answer at all. */
function answerOnce(password: string, refuse: () => void): Prompt {
  let isAnswered = false
  return (_name, _instructions, _language, prompts, finish) => {
    const [only] = prompts
    if (isAnswered || prompts.length !== 1 || only?.echo !== false) {
      refuse()
      return
    }
    isAnswered = true
    finish([password])
  }
}

function readKey(privateKey: string, passphrase: string | undefined): ParsedKey {
  const parsed: ParsedKey | readonly ParsedKey[] | Error = ssh2.utils.parseKey(privateKey, passphrase)
  // The newer format could hold several keys; nobody writes more than one.
  const key = Array.isArray(parsed) ? (parsed as readonly ParsedKey[])[0] : parsed
  if (key !== undefined && !(key instanceof Error) && key.isPrivateKey()) return key
  throw new FailureError(
    { code: 'bad-input', field: 'privateKey', reason: reasonOf(key, passphrase) },
    { cause: key },
  )
}

function reasonOf(problem: unknown, passphrase: string | undefined): string {
  const isLocked = problem instanceof Error && /encrypted|passphrase|integrity|decrypt/i.test(problem.message)
  if (isLocked && passphrase === undefined) return 'needs its passphrase'
  return isLocked ? 'cannot be opened with this passphrase' : 'is not a private key that can be read'
}

/** Old devices that do not say which signatures they know would be given one with SHA-1. */
function withoutSha1(key: ParsedKey, address: string, stop: (failure: FailureError) => void): ParsedKey {
  const sign = key.sign.bind(key)
  key.sign = (data, hash) => {
    if (hash === 'sha1') {
      const failure = new FailureError({ code: 'weak-crypto', address, detail: 'RSA login with SHA-1' })
      stop(failure)
      throw failure
    }
    return sign(data, hash)
  }
  return key
}

/** An agent that cannot be asked. */
export function agentFailure(error: unknown): FailureError {
  const reason = `cannot be used: ${messageOf(error)}`
  return new FailureError({ code: 'bad-input', field: 'agent', reason }, { cause: error })
}
