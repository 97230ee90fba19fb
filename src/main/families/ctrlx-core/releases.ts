/**
 * Versions of the apps below a release that do not carry its number, by release. Source: release notes of ctrlX OS 4.4.1
 * and 4.6.0; of other releases they are not known.
 */
const belowRelease: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '4.4': { snapd: '2.71', core22: '20250612', core24: '20250729' },
  '4.6': { snapd: '2.72', core24: '20260107' },
}

/**
 * The order in which system apps are brought to another version: what others stand on comes first. Source: release notes
 * of 3.4.2 for the first three, observation of updates from 4.4 to 4.6 for the rest.
 */
const updateOrder: readonly RegExp[] = [
  /^snapd$/,
  /^core\d*$/,
  /^rexroth-deviceadmin$/,
  /^rexroth-automationcore$/,
  /^rexroth-arch\d+[-.]hw$/,
  /^rexroth-arch\d+[-.]kernel$/,
  /^rexroth-setup$/,
  /^rexroth-solutions$/,
  /^rexroth-version-guard$/,
]

/**
 * What a release has of an app: its version, or the release itself for apps that carry its number; `undefined` where
 * that is not known.
 */
export function versionInRelease(app: string, release: string): string | undefined {
  return belowRelease[release]?.[app] ?? (app.startsWith('rexroth-') ? release : undefined)
}

/** Where an app stands in the order of an update; apps that nobody named come last. */
export function updateRank(app: string): number {
  const rank = updateOrder.findIndex((pattern) => pattern.test(app))
  return rank < 0 ? updateOrder.length : rank
}

/** What is seen of a device while it takes an app, as observed: the kernel and the hardware support restart it. */
export function interruption(app: string): 'reboot' | 'logout' | 'none' {
  if (/^rexroth-arch\d+[-.](hw|kernel)$/.test(app)) return 'reboot'
  return app === 'rexroth-deviceadmin' ? 'logout' : 'none'
}
