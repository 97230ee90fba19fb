import { deflateRawSync } from 'node:zlib'
import type { Random } from './random.ts'
import { base256, buildTar, gnuLong, paxHeader, type RawTarEntry } from './tar-bytes.ts'
import { buildZip, descriptor, extraField, unicodePathField, zip64Field, type RawEntry } from './zip-bytes.ts'

const words = ['a', 'settings.json', 'data', 'größe', '日本', 'LOG 1.txt', '.hidden', 'x-y_z', 'Apps', '0']
const long = 'a-folder-with-a-name-of-some-length/'

/** Paths that are different where case does not count, and of which none is a folder of another. */
function somePaths(random: Random): readonly string[] {
  const count = 1 + random.below(5)
  return Array.from({ length: count }, (_, index) => {
    const depth = random.below(3)
    const folders = Array.from({ length: depth }, () => `${random.pick(words)} ${index}`)
    return [...folders, `${random.pick(words)}.${index}`].join('/')
  })
}

function someContent(random: Random): Buffer {
  const length = random.pick([0, 1, 5, 511, 512, 513, 3000])
  return random.once(3) ? random.bytes(length) : Buffer.alloc(length, random.pick(words))
}

/** A zip without fault, with a choice of everything that writers of zips do. */
export function someZip(random: Random): Buffer {
  // Of an archive with data descriptors and second names, as Info-ZIP's own zip writes it into a pipe, unzip says that
  // it is a bomb. Archives here have either.
  const streams = random.once(2)
  const entries = somePaths(random).map((name) => someZipEntry(name, streams, random))
  const zip64 = random.once(4) ? { plainEnd: random.once(2) } : undefined
  return buildZip(entries, {
    ...(zip64 && { zip64 }),
    end: random.once(3) ? { comment: Buffer.from(`comment ${random.below(1000)}`) } : {},
  })
}

function someZipEntry(name: string, streams: boolean, random: Random): RawEntry {
  const unix = random.once(2)
  if (random.once(8)) return { name: `${name}/`, content: '', method: 0, ...(unix && { unixMode: 0o040755 }) }
  if (random.once(8)) return { name, content: 'target', unixMode: 0o120777 }
  const content = someContent(random)
  const method = random.once(2) ? 0 : 8
  const packedBytes = method === 8 ? deflateRawSync(content).length : content.length
  const extra = someExtra(name, streams, random)
  const base: RawEntry = { name, content, method, ...(unix && { unixMode: 0o100644 }) }
  if (streams && random.once(2)) {
    const form = { signature: !random.once(4), long: random.once(4) }
    const utf8 = /^[\x20-\x7e]*$/.test(name) ? 0 : 0x800
    const zeros = { crc32: 0, sizeBytes: 0, compressedBytes: 0 }
    return { ...base, flags: 8 | utf8, local: zeros, behind: descriptor(content, packedBytes, form) }
  }
  if (!random.once(4)) return { ...base, local: { extra: extra.local }, central: { extra: extra.central } }
  const wide = { sizeBytes: 0xffffffff, compressedBytes: 0xffffffff }
  const field = zip64Field(content.length, packedBytes)
  return { ...base, local: { ...wide, extra: field }, central: { ...wide, extra: field } }
}

function someExtra(
  name: string,
  streams: boolean,
  random: Random,
): { readonly local: Buffer; readonly central: Buffer } {
  const time = Buffer.from([3, 0, 0, 0, 0x60, 0, 0, 0, 0x61])
  const fields = [
    [Buffer.alloc(0), Buffer.alloc(0)],
    [extraField(0x5455, time), extraField(0x5455, time.subarray(0, 5))],
    [extraField(0x7875, Buffer.from([1, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0])), Buffer.alloc(0)],
    [extraField(0xcafe, Buffer.alloc(0)), extraField(0xcafe, Buffer.alloc(0))],
    ...(streams ? [] : [[unicodePathField(name, name), unicodePathField(name, name)] as const]),
  ] as const
  const [local, central] = random.pick(fields)
  return { local, central }
}

/** A tar without fault, with a choice of everything that writers of tars do. */
export function someTar(random: Random): Buffer {
  const format = random.pick(['ustar', 'gnu', 'v7'] as const)
  const dot = random.once(2) ? './' : ''
  const parts: (RawTarEntry | Buffer)[] = dot === '' ? [] : [{ name: './', type: '5', format }]
  const files: string[] = []
  for (const path of somePaths(random)) {
    const isLong = random.once(5) && format !== 'v7'
    const name = `${dot}${isLong ? long.repeat(4) : ''}${path}`
    if (isLong) parts.push(format === 'gnu' ? gnuLong('L', name) : paxHeader([['path', name]]))
    parts.push({ ...someTarEntry(name, files, random), format, name: Buffer.from(name).subarray(0, 100) })
    files.push(name)
  }
  return buildTar(...parts)
}

function someTarEntry(name: string, before: readonly string[], random: Random): RawTarEntry {
  const [first] = before
  if (random.once(8)) return { name, type: '2', linkName: 'target' }
  if (random.once(8) && first !== undefined && first.length < 100 && before.length === 1)
    return { name, type: '1', linkName: first }
  const content = someContent(random)
  return {
    name,
    content,
    ...(random.once(6) && { size: base256(BigInt(content.length), 12) }),
    ...(random.once(6) && { mtime: base256(-1n, 12) }),
    ...(random.once(6) && { userId: base256(3_000_000n, 8) }),
  }
}
