/** Versions below which a known weakness is back. A package with several living major lines has a floor for each. */
export interface Floor {
  readonly name: string
  /** Per major line, the first version without the weakness. A newer line than all listed is taken to be sound. */
  readonly lines: readonly string[]
  readonly because: string
}

export const floors: readonly Floor[] = [
  { name: 'unzipper', lines: ['0.12.5'], because: 'sibling-prefix zip slip' },
  {
    name: 'ssh2',
    lines: ['1.17.0'],
    because: 'prefix truncation (1.15.0), implicit key hashing on rekey (1.16.0)',
  },
  { name: 'archiver', lines: ['8.0.0'], because: 'older lines bring globbing with known weaknesses' },
  {
    name: 'electron',
    lines: ['43.4.1', '44.0.0'],
    because: 'CVE-2025-55305, CVE-2026-70602, CVE-2026-70603, CVE-2026-70604, sandboxed popups of 2026-08-29',
  },
  { name: 'yauzl', lines: ['3.4.0'], because: 'CVE-2026-31988' },
  {
    name: 'undici',
    lines: ['6.23.0', '7.18.2'],
    because: 'CVE-2026-22036, endless chain of content encodings',
  },
  {
    name: 'minimatch',
    lines: ['3.1.5', '5.1.8', '9.0.7', '10.2.3'],
    because: 'CVE-2026-26996, CVE-2026-27903, CVE-2026-27904',
  },
  {
    name: 'brace-expansion',
    lines: ['1.1.17', '2.1.3', '3.0.3', '5.0.8'],
    because: 'CVE-2026-13149, CVE-2026-14257',
  },
]

/** Packages that are not used, in any version. */
export const unwelcome: ReadonlyMap<string, string> = new Map([
  ['adm-zip', 'CVE-2026-39244: 120 bytes allocate 4 GB'],
  ['@electron/remote', 'hands the main process to the page'],
  ['node-ssh', 'accepts any host key unless told otherwise'],
])

/** Electron's supported majors on the day of the last look, 2026-11-21. */
export const supportedElectronMajors: readonly number[] = [43, 44, 45]

/** Whether a version is at or above the floor of its major line. */
export function isSound(version: string, { lines }: Floor): boolean {
  const major = partsOf(version)[0]
  const floor = lines.find((line) => partsOf(line)[0] === major)
  if (floor !== undefined) return compareVersions(version, floor) >= 0
  return lines.every((line) => partsOf(line)[0] < major)
}

function compareVersions(one: string, other: string): number {
  const [left, right] = [partsOf(one), partsOf(other)]
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2]
}

/** Reads `major.minor.patch`. A pre-release of a version comes before it, and so counts as the patch before. */
function partsOf(version: string): readonly [number, number, number] {
  const match = /^(\d+)\.(\d+)\.(\d+)(-.+)?$/.exec(version)
  if (match === null) throw new Error(`${version} is not a version`)
  const [, major, minor, patch, before] = match
  return [Number(major), Number(minor), Number(patch) - (before === undefined ? 0 : 0.5)]
}
