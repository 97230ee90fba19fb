import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { FailureError, type Failure } from '../../shared/failure.ts'
import {
  requests,
  type RequestArgument,
  type RequestName,
  type RequestOutput,
} from '../../shared/ipc/contract.ts'
import { droppedFilesChannel } from '../../shared/ipc/names.ts'
import { deviceIdSchema, type DeviceId } from '../../shared/model/device.ts'
import { fail, succeed, type Result } from '../../shared/result.ts'
import { z } from '../../shared/schema.ts'
import { checkSender, checkSize, type Sender } from './door.ts'
import type { RateLimit } from './rate-limit.ts'

/** One handler for each request; a missing one does not compile. */
export type Handlers = {
  readonly [N in RequestName]: (
    argument: RequestArgument<N>,
    signal: AbortSignal,
  ) => RequestOutput<N> | Promise<RequestOutput<N>>
}

export interface ServeOptions {
  readonly handlers: Handlers
  /** Takes files a person dropped, on a device or elsewhere; gives the ids of the import jobs. */
  readonly importFiles: (
    files: readonly string[],
    deviceId: DeviceId | undefined,
  ) => Promise<readonly string[]>
  /** Id of the one window's contents. */
  readonly windowId: () => number | undefined
  readonly toFailure: (error: unknown) => Failure
  readonly rate: RateLimit
  /** Aborts what is still being answered when the app ends. */
  readonly signal: AbortSignal
}

const droppedSchema = z.tuple([z.array(z.string().min(1).max(4096)).max(5000), deviceIdSchema.optional()])

/** Opens the door: registers every channel of the contract, each behind the same checks. The one caller of `ipcMain`. */
export function serve(options: ServeOptions): void {
  for (const name of Object.keys(requests) as RequestName[]) {
    secureHandle(name, options, async (message) => await callHandler(name, message, options))
  }
  secureHandle(droppedFilesChannel, options, async (message) => {
    const [files, deviceId] = parseMessage(droppedSchema, message)
    return await options.importFiles(files, deviceId)
  })
}

function secureHandle(
  channel: string,
  options: ServeOptions,
  answer: (message: readonly unknown[]) => Promise<unknown>,
): void {
  ipcMain.handle(channel, async (event, ...message: readonly unknown[]): Promise<Result<unknown>> => {
    try {
      checkSender(senderOf(event), options.windowId())
      options.rate.take()
      checkSize(message)
      return succeed(await answer(message))
    } catch (error) {
      return fail(options.toFailure(error))
    }
  })
}

async function callHandler<N extends RequestName>(
  name: N,
  message: readonly unknown[],
  { handlers, signal }: ServeOptions,
): Promise<RequestOutput<N>> {
  const { input, output } = requests[name]
  const [argument] = parseMessage(z.tuple([input]), message.length === 0 ? [undefined] : message)
  // The schema of this name gave the argument, so it is this handler's; the compiler cannot follow that through a map.
  const handler = handlers[name] as (argument: unknown, signal: AbortSignal) => unknown
  const checked = output.safeParse(await handler(argument, signal))
  if (!checked.success) throw new Error(`answer of ${name} does not fit its schema`, { cause: checked.error })
  return checked.data as RequestOutput<N>
}

function parseMessage<T>(schema: z.ZodType<T>, message: readonly unknown[]): T {
  const parsed = schema.safeParse(message)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.slice(1).join('.') ?? ''
  throw new FailureError({
    code: 'bad-input',
    field,
    reason: issue?.message ?? 'does not have the right form',
  })
}

function senderOf({ sender, senderFrame }: IpcMainInvokeEvent): Sender {
  return {
    contentsId: sender.id,
    frame: senderFrame && { url: senderFrame.url, isMainFrame: senderFrame === sender.mainFrame },
  }
}
