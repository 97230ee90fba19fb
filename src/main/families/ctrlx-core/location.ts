import { idSchema } from './answers.ts'

/**
 * The task id of a `Location` header: relative to the interface (`/tasks/create_abc123`), with its prefix, or as a
 * full address of this very device. Anything else, other hosts above all, is `undefined`.
 */
export function taskIdOf(
  location: string | undefined,
  prefix: string,
  authority: string,
): string | undefined {
  if (location === undefined) return undefined
  const own = `https://${authority}`
  const path = location.startsWith(`${own}/`) ? location.slice(own.length) : location
  const relative = path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path
  const id = /^\/?tasks\/([^/?#]+)$/.exec(relative)?.[1]
  return id !== undefined && idSchema.safeParse(id).success ? id : undefined
}
