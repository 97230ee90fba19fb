/**
 * Reads Electron's fuses from a binary, by the documented layout: a sentinel, the version of the layout, the number of
 * fuses, one character each.
 */

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** In the order of the wire. */
export const fuseNames = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
  'WasmTrapHandlers',
] as const

type FuseName = (typeof fuseNames)[number]
type Fuses = Partial<Record<FuseName, boolean>>

/** What ships. WasmTrapHandlers is left as Electron made it, and older Electrons do not have it. */
export const shippedFuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
} satisfies Fuses

/**
 * The fuses of a binary. Throws on anything that this list was not written for: no or several different wires, another
 * layout, a removed fuse, a fuse that is not known here and so was never thought about.
 */
export function readFuses(binary: Buffer): Fuses {
  const wires = new Set<string>()
  for (let at = binary.indexOf(sentinel); at !== -1; at = binary.indexOf(sentinel, at + 1)) {
    wires.add(readWire(binary, at + sentinel.length))
  }
  const [wire, ...others] = wires
  if (wire === undefined) throw new Error('there is no fuse wire')
  if (others.length > 0) throw new Error('the binary holds different fuse wires')
  const fuses: Fuses = {}
  for (const [index, state] of Array.from(wire).entries()) {
    const name = fuseNames[index]
    if (name === undefined) throw new Error(`fuse ${index + 1} is not known: what does it open?`)
    if (state !== '0' && state !== '1') throw new Error(`fuse ${name} is in state ${JSON.stringify(state)}`)
    fuses[name] = state === '1'
  }
  return fuses
}

function readWire(binary: Buffer, at: number): string {
  const layout = binary.readUInt8(at)
  if (layout !== 1) throw new Error(`fuse layout ${layout} is not known`)
  const count = binary.readUInt8(at + 1)
  return binary.toString('latin1', at + 2, at + 2 + count)
}

/** How a binary's fuses differ from the agreed ones, in words; empty when they do not. */
export function fuseProblems(fuses: Fuses, agreed: Fuses): readonly string[] {
  return fuseNames
    .filter((name) => agreed[name] !== undefined && fuses[name] !== agreed[name])
    .map((name) => `${name} is ${fuses[name] ?? 'missing'}, not ${agreed[name]}`)
}
