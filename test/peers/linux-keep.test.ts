import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { formatAddress } from '../../src/shared/model/address.ts'
import { Bench, type Reachable } from '../main/families/linux-host/host-at-work.ts'
import { newRoots, put, type Roots } from './linux-roots.ts'
import { startSshd, type Sshd } from './sshd/sshd.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

let bench: Bench
let roots: Roots
let sshd: Sshd
let host: Reachable

const own = {
  'etc/hostname': 'hostname',
  'etc/network/interfaces': 'address',
  'etc/netplan/01-line.yaml': 'address',
  'etc/passwd': 'users',
  'etc/shadow': 'users',
  'etc/ssh/ssh_host_ed25519_key': 'certificates',
  'etc/ssh/ssh_host_ed25519_key.pub': 'certificates',
} as const
const others = ['etc/hostname.d/note', 'etc/app.conf', 'etc/ssh/sshd_config', 'etc/passwd.backup'] as const

const factsOf = (root: string) => ({ root, paths: 'etc', stagingFolder: join(roots.target, 'tmp') })
const textOf = async (path: string): Promise<string> =>
  await readFile(join(roots.target, path), 'utf8').catch(() => 'none')

beforeEach(async () => {
  roots = await newRoots()
  for (const path of [...Object.keys(own), ...others]) {
    await put(roots.source, path, `${path} of the source`)
    await put(roots.target, path, `${path} of the target`)
  }
  sshd = await startSshd({ hostKeys: ['ed25519'], environment: { HOME: roots.folder } })
  host = { address: formatAddress(sshd.address), fingerprint: sshd.fingerprints.ed25519 ?? '' }
  bench = await Bench.make({ kind: 'key', user: sshd.user, privateKey: sshd.privateKey })
})

afterEach(async () => {
  await bench[Symbol.asyncDispose]()
  await sshd.stop()
  await roots[Symbol.asyncDispose]()
})

test.each([
  ['hostname'],
  ['address'],
  ['users'],
  ['certificates'],
  ['hostname', 'address', 'users', 'certificates'],
] as const)(
  'keeping %s leaves just that as it was, and everything else comes from the archive',
  async (...keep) => {
    const stored = await bench.backUp(await bench.connect(host, factsOf(roots.source)))
    const safety = await bench.backUp(await bench.connect(host, factsOf(roots.target)))
    const observed = await bench.restore(host, stored, {
      facts: factsOf(roots.target),
      options: { keep: [...keep] },
      safety,
    })
    expect(observed).toMatchObject({ outcome: 'verified-new', errorCount: 0, differences: [] })
    expect(observed.remarks.map(({ remark }) => remark)).toContain('kept-paths')
    const kept: readonly string[] = keep
    for (const [path, id] of Object.entries(own)) {
      expect(await textOf(path)).toBe(`${path} of the ${kept.includes(id) ? 'target' : 'source'}`)
    }
    for (const path of others) expect(await textOf(path)).toBe(`${path} of the source`)
  },
)

test('what was to be kept and is another after all is a difference', async () => {
  const stored = await bench.backUp(await bench.connect(host, factsOf(roots.source)))
  const safety = await bench.backUp(await bench.connect(host, factsOf(roots.target)))
  const observed = await bench.restore(host, stored, {
    facts: factsOf(roots.target),
    options: { keep: ['hostname'] },
    safety,
    beforeCommit: async () => await put(roots.target, 'etc/hostname', 'somebody else'),
  })
  expect(observed.differences.map(({ what }) => what)).toEqual(['etc/hostname'])
  expect(observed.remarks.map(({ remark }) => remark)).toContain('kept-paths-differ')
})
