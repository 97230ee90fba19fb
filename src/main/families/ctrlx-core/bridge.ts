import { reaches, type AppChange, type BridgePlan, type BridgeStep } from '../../../shared/model/bridge.ts'
import type { App, Identity } from '../../../shared/model/identity.ts'
import type { BridgeInput } from '../family.ts'
import { architectureOfModel, majorMinor } from './hardware.ts'
import { interruption, updateRank, versionInRelease } from './releases.ts'
import { fullAccess } from './rules.ts'
import { recordedSystemApps } from './system-apps-trait.ts'

/**
 * How a blocked pair can be made to fit. Another system version (C2) is settled by the target's system apps, one after
 * another; a missing right (C5) by another login. Another architecture (C1) cannot be bridged: then nothing else is
 * offered either, because the pair would stay blocked.
 */
export function bridge({ archive, target }: BridgeInput): BridgePlan | undefined {
  const { source } = archive
  if (!target || !haveSameArchitecture(source, target)) return undefined
  const release = majorMinor(source.systemVersion?.value)
  const isSameRelease = release !== undefined && majorMinor(target.systemVersion?.value) === release
  const changes = release === undefined || isSameRelease ? [] : changesTo(release, source, target)
  const lacksRight = target.rights !== undefined && !target.rights.value.includes(fullAccess)
  const settles = [...(changes.length > 0 ? ['C2'] : []), ...(lacksRight ? ['C5'] : [])]
  if (settles.length === 0) return undefined
  return {
    settles,
    steps: [
      ...(lacksRight ? [step('use-full-access', 'person', { right: fullAccess })] : []),
      ...(changes.length > 0 ? stepsFor(changes, release ?? '') : []),
    ],
    bring: bringFor(changes, target, lacksRight),
    wayBack: changes.length > 0 ? wayBackFrom(changes) : [],
    ...(changes.length > 0 && { appChanges: changes }),
  }
}

function haveSameArchitecture(source: Identity, target: Identity): boolean {
  const [wanted, present] = [source, target].map(
    ({ architecture, model }) => architecture?.value ?? (model && architectureOfModel(model.value)),
  )
  return wanted !== undefined && wanted === present
}

/**
 * The system apps of the target that differ from those of the source, in the order of an update. What the archive lists
 * comes first, then what was recorded of the source, then what the release is known to have. The hardware support of the
 * source's own board is not asked for.
 */
function changesTo(release: string, source: Identity, target: Identity): readonly AppChange[] {
  const installed = (target.apps?.value ?? []).filter(isOfSystem)
  if (installed.length === 0) return []
  const known = knownSystemApps(source)
  const changed = installed.flatMap(({ name, version }): readonly AppChange[] => {
    const to = known.get(name)?.version ?? versionInRelease(name, release)
    return to === undefined || reaches(version, to) ? [] : [{ app: name, from: version, to }]
  })
  const added = [...known.values()]
    .filter(({ name, kind }) => kind === 'system' && !installed.some((app) => app.name === name))
    .map(({ name, version }): AppChange => ({ app: name, to: version }))
  return [...changed, ...added].sort((a, b) => updateRank(a.app) - updateRank(b.app))
}

function knownSystemApps(source: Identity): ReadonlyMap<string, App> {
  const listed = (source.apps?.value ?? []).filter(isOfSystem)
  return new Map([...recordedSystemApps(source), ...listed].map((app) => [app.name, app]))
}

function isOfSystem({ kind }: App): boolean {
  return kind !== 'user'
}

function stepsFor(changes: readonly AppChange[], version: string): readonly BridgeStep[] {
  return [
    step('make-machine-safe', 'person'),
    step('safety-backup', 'job'),
    step('go-to-service', 'job'),
    ...changes.map(({ app, from = '', to }) =>
      step('change-app', 'job', { app, from, to, interruption: interruption(app) }),
    ),
    step('bring-state-back', 'job'),
    step('check-again', 'person', { version }),
  ]
}

/** Both ways are packed: who has come to a machine without the former files cannot go back. */
function bringFor(changes: readonly AppChange[], target: Identity, lacksRight: boolean): BridgePlan['bring'] {
  const architecture = target.architecture?.value ?? ''
  const former = changes.filter(({ from }) => from !== undefined)
  const free = target.freeBytes?.value
  return [
    ...changes.map(({ app, to }) => ({ item: 'app-file', facts: { app, version: to, architecture } })),
    ...former.map(({ app, from = '' }) => ({
      item: 'former-app-file',
      facts: { app, version: from, architecture },
    })),
    ...(changes.length > 0 && free !== undefined
      ? [{ item: 'room', facts: { freeBytes: String(free) } }]
      : []),
    ...(lacksRight ? [{ item: 'login', facts: { right: fullAccess } }] : []),
  ]
}

function wayBackFrom(changes: readonly AppChange[]): readonly BridgeStep[] {
  const apps = changes.flatMap(({ app, from }) => (from === undefined ? [] : [`${app} ${from}`])).join(', ')
  return [step('apps-back', 'job', { apps }), step('restore-safety', 'job')]
}

function step(id: string, by: BridgeStep['by'], facts: BridgeStep['facts'] = {}): BridgeStep {
  return { step: id, facts, by }
}
