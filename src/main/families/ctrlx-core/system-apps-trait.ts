import { fact, type App, type Fact, type Identity } from '../../../shared/model/identity.ts'
import { kindOfApp } from './hardware.ts'

/** A backup lists few of the system apps of its source; all of them, as they were read beside it, are kept under this name. */
const trait = 'systemApps'

/** The system apps of an identity that was read from a device, as a trait of the archive that is made of it. */
export function systemAppsTrait({ apps, traits }: Identity): Readonly<Record<string, Fact<string>>> {
  const kept = traits?.[trait]
  // What an archive lists is never the whole.
  if (apps === undefined || apps.provenance === 'archive') return kept ? { [trait]: kept } : {}
  const ofSystem = apps.value.filter(({ kind }) => kind !== 'user')
  if (ofSystem.length === 0) return {}
  const text = ofSystem.map(({ name, version }) => `${name} ${version}`).join('\n')
  return { [trait]: fact(text, apps.provenance === 'stated' ? 'stated' : 'recorded', apps.readAt) }
}

/** The system apps that were recorded of a source; empty where nobody did. */
export function recordedSystemApps({ traits }: Identity): readonly App[] {
  const lines = traits?.[trait]?.value.split('\n') ?? []
  return lines.flatMap((line): readonly App[] => {
    const [, name, version] = /^(\S+) (\S+)$/.exec(line) ?? []
    if (name === undefined || version === undefined) return []
    const kind = kindOfApp(name, undefined)
    return [{ name, version, kind: kind === 'user' ? 'system' : kind, enabled: true }]
  })
}
