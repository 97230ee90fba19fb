import type { Identity } from './identity.ts'

/** A device in one line, by what it says of itself: how two devices are shown side by side. */
export function identityName({ model, serial, hostname }: Identity): string {
  return (
    [model, serial, hostname].flatMap((fact) => (fact ? [fact.value] : [])).join(' · ') || 'nothing known'
  )
}
