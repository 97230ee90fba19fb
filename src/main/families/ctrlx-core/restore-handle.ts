import { idSchema } from './answers.ts'

/** Which of the device's two interfaces a restore went through. */
export type Interface = 'setup' | 'legacy'

/** Where the device keeps the restore: what `Commitment.handle` says, also after a restart of the app. */
export interface RestoreHandle {
  readonly via: Interface
  readonly taskId: string
  /** The device's time of the newest restore in its history before this one, where it has a history. */
  readonly after: number | undefined
}

/** As text; `parseHandle` reads it back. */
export function formatHandle({ via, taskId, after }: RestoreHandle): string {
  return `${via}/${taskId}/${after === undefined ? '' : String(after)}`
}

/** `undefined` for text that no version of Ferrite wrote. */
export function parseHandle(text: string): RestoreHandle | undefined {
  const [, via, taskId = '', after = ''] = /^(setup|legacy)\/([^/]+)\/(\d{0,16})$/.exec(text) ?? []
  if ((via !== 'setup' && via !== 'legacy') || !idSchema.safeParse(taskId).success) return undefined
  return { via, taskId, after: after === '' ? undefined : Number(after) }
}
