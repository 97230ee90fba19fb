import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { ActivityLog } from '../../src/main/activity/log.ts'
import { takeBackup } from '../../src/main/backup/take-backup.ts'
import type { JobContext } from '../../src/main/jobs/runner.ts'
import { Vault } from '../../src/main/vault/vault.ts'
import { formatAddress } from '../../src/shared/model/address.ts'
import type { Progress } from '../../src/shared/model/progress.ts'
import { Bench, linuxHost, never } from '../main/families/linux-host/host-at-work.ts'
import { hostedOn } from '../main/inline-parser.ts'
import { inventoryOf, isRoot, newRoots } from './linux-roots.ts'
import { startSshd } from './sshd/sshd.ts'

const run = promisify(execFile)
const files = 2_000
const gibibyte = 1024 ** 3
const modes = [0o600, 0o640, 0o644, 0o755, 0o4755, 0o2750, 0o400]

/** 2,000 files that together have 1 GiB; of each a quarter does not compress, as on real hosts. */
async function fillGigabyte(root: string): Promise<number> {
  const noise = randomBytes(4 * 1024 * 1024)
  const usual = Buffer.alloc(1024 * 1024, '2026-11-21T07:39:12Z INFO filler: valve 7 opened after 380 ms\n')
  let sum = 0
  for (let index = 0; index < files; index += 1) {
    const file = join(root, 'srv', `batch-${index % 40}`, `record-${index}.dat`)
    // Sizes differ, from 1 byte to about 1 MiB; the last file brings the sum to 1 GiB.
    const wanted = index === files - 1 ? gibibyte - sum : 1 + ((index * 7919) % 1_072_000)
    const from = (index * 1009) % (noise.length / 2)
    const usualBytes = Math.floor((wanted / 4) * 3)
    const content = Buffer.alloc(wanted)
    for (let at = 0; at < usualBytes; at += usual.length)
      usual.copy(content, at, 0, Math.min(usual.length, usualBytes - at))
    for (let at = usualBytes; at < wanted; at += noise.length / 2) {
      noise.copy(content, at, from, from + Math.min(noise.length / 2, wanted - at))
    }
    sum += wanted
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
    if (isRoot) await chown(file, 1000 + (index % 50), 2000 + (index % 30))
    await chmod(file, modes[index % modes.length] ?? 0o644)
  }
  return sum
}

test(
  `1 GiB in 2,000 files comes back on another root with the same bytes and rights${isRoot ? ' and owners' : ' (owners need the superuser and are not compared)'}`,
  { timeout: 300_000 },
  async () => {
    await using roots = await newRoots()
    expect(await fillGigabyte(roots.source)).toBe(gibibyte)
    await using sshd = await startSshd({
      sftp: false,
      hostKeys: ['ed25519'],
      environment: { HOME: roots.folder },
    })
    await using bench = await Bench.make({ kind: 'key', user: sshd.user, privateKey: sshd.privateKey })
    const host = { address: formatAddress(sshd.address), fingerprint: sshd.fingerprints.ed25519 ?? '' }
    const factsOf = (root: string) => ({ root, paths: 'srv', stagingFolder: join(root, 'tmp') })

    const vault = await Vault.open(join(roots.folder, 'vault'), { createIfMissing: true })
    const session = await bench.connect(host, factsOf(roots.source))
    const progress: Progress[] = []
    const context: JobContext = {
      signal: never,
      report: (each) => progress.push(each),
      seal: () => undefined,
    }
    const { openFile, close } = hostedOn(vault)
    onTestFinished(close)
    const { record } = await takeBackup(
      { vault, openFile, activity: new ActivityLog(roots.folder) },
      {
        family: linuxHost,
        device: bench.device(host, factsOf(roots.source)),
        session,
        identity: await session.identify(never),
        origin: 'backup',
        context,
      },
    )
    const file = await vault.contentPath(record.id)
    expect(record).toMatchObject({ proof: 'L2', container: 'tar.gz', scope: { leftOut: [] } })
    expect(
      progress.some(({ phase, bytesDone }) => phase === 'transferring' && bytesDone > gibibyte / 5),
    ).toBe(true)

    const { stdout } = await run('tar', ['-tzf', file], { maxBuffer: 64 * 1024 * 1024 })
    expect(stdout.split('\n').filter((name) => name.endsWith('.dat'))).toHaveLength(files)

    const observed = await bench.restore(
      host,
      { file, record },
      { facts: factsOf(roots.target), limitMs: 240_000 },
    )
    expect(observed).toMatchObject({ outcome: 'verified-new', differences: [], errorCount: 0, remarks: [] })
    const expected = await inventoryOf(join(roots.source, 'srv'))
    expect(expected).toHaveLength(files + 40)
    expect(await inventoryOf(join(roots.target, 'srv'))).toEqual(expected)
  },
)
