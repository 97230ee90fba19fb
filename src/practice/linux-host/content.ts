import { fillerBytes } from '../filler.ts'
import type { FileTree } from './file-tree.ts'
import type { HostModel } from './models.ts'
import { machineIdFor } from './models.ts'

interface Spot {
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
}

/** A date long before any test, so that only what a test did is new. */
const installedAt = Math.floor(Date.UTC(2024, 2, 11, 8, 30) / 1000)
const engineer = { uid: 1000, gid: 1000 }
const line = { uid: 998, gid: 998 }

/** Fills an empty tree with a host as it stands at a filling line: system files, one application, its data. */
export function fillTree(
  tree: FileTree,
  origin: { readonly model: HostModel; readonly name: string; readonly payloadBytes: number },
): void {
  const { model, name, payloadBytes } = origin
  const hostname = hostnameFor(name)
  const owned = (spot: Spot) => ({ uid: spot.uid ?? 0, gid: spot.gid ?? 0, modifiedAt: installedAt })
  const folder = (path: string, spot: Spot = {}): void => {
    tree.makeParents(path, owned({}))
    tree.makeFolder(path, { ...owned(spot), mode: spot.mode ?? 0o755 })
  }
  const file = (path: string, content: string | Buffer, spot: Spot = {}): void => {
    tree.makeParents(path, owned({}))
    tree.write(path, content, { ...owned(spot), mode: spot.mode ?? 0o644 })
  }
  const link = (path: string, linkTarget: string): void => {
    tree.makeParents(path, owned({}))
    tree.link(path, { ...owned({}), mode: 0o777, linkTarget })
  }

  folder('tmp', { mode: 0o1777 })
  folder('var/tmp', { mode: 0o1777 })
  file(model.nameFile, model.productName)
  file('usr/lib/os-release', osReleaseText(model))
  link('etc/os-release', '../usr/lib/os-release')
  file('etc/hostname', `${hostname}\n`)
  file('etc/machine-id', `${machineIdFor(model.id, name)}\n`, { mode: 0o444 })
  file('etc/hosts', `127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n192.168.10.20\tplc-line-3\n`)
  link('etc/localtime', '/usr/share/zoneinfo/Europe/Berlin')
  file('etc/passwd', passwd)
  file('etc/group', 'root:x:0:\nline:x:998:engineer\nengineer:x:1000:\n')
  file('etc/shadow', shadow, { mode: 0o640, gid: 42 })
  file('etc/network/interfaces', interfaces)
  file('etc/ssh/sshd_config', 'PermitRootLogin yes\nPasswordAuthentication yes\n')
  file('etc/cron.d/collect-logs', '17 2 * * * root /usr/local/bin/collect-logs\n')
  file('etc/fillline/fillline.conf', fillLineConfiguration, { mode: 0o640, gid: line.gid })
  file('etc/fillline/broker.key', `practice key of ${hostname}\n`, { mode: 0o600, ...line })
  file('etc/systemd/system/fillline.service', unit('Filling line', '/opt/fillline/bin/fillline'))
  file('etc/systemd/system/recipe-sync.service', unit('Recipe exchange', '/opt/fillline/bin/recipe-sync'))
  link('etc/systemd/system/multi-user.target.wants/fillline.service', '/etc/systemd/system/fillline.service')
  file('opt/fillline/VERSION', '2.8.1\n')
  file('opt/fillline/bin/fillline', program(model, `${name}/fillline`), { mode: 0o755 })
  file('opt/fillline/bin/recipe-sync', program(model, `${name}/recipe-sync`), { mode: 0o4755 })
  file('opt/fillline/share/Fehlerliste (Linie 3).csv', 'code;text\n17;Füllstand zu niedrig\n')
  folder('home/engineer', { mode: 0o700, ...engineer })
  file('home/engineer/.profile', 'umask 027\n', { mode: 0o600, ...engineer })
  file('home/engineer/notes.txt', 'Valve 7 replaced on 2024-03-02.\n', { mode: 0o600, ...engineer })
  folder('root', { mode: 0o700 })
  file('root/.ssh/known_hosts', '', { mode: 0o600 })
  file('usr/local/bin/collect-logs', '#!/bin/sh\nexec journalctl --since yesterday\n', { mode: 0o755 })
  folder('srv/recipes', { mode: 0o2775, ...line })
  for (const [index, product] of ['apple-05', 'apple-10', 'pear-05'].entries()) {
    file(`srv/recipes/${product}.json`, recipe(product, index), { mode: 0o664, ...line })
  }
  file('var/lib/fillline/counters.json', json({ bottles: 1_204_331, rejects: 412 }), { mode: 0o600, ...line })
  if (payloadBytes > 0) {
    file('var/lib/fillline/trace.bin', fillerBytes(name, payloadBytes), { mode: 0o600, ...line })
  }
  tree.save()
}

/** The name a host gets from the name of the practice device. */
export function hostnameFor(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-')
}

function osReleaseText(model: HostModel): string {
  return Object.entries(model.osRelease)
    .map(([key, value]) => (/^[\w.-]+$/.test(value) ? `${key}=${value}\n` : `${key}="${value}"\n`))
    .join('')
}

/** Starts like a program for this processor and holds nothing that could run. */
function program(model: HostModel, seed: string): Buffer {
  const machine = { x86_64: 0x3e, aarch64: 0xb7, armv7l: 0x28 }[model.machine]
  const head = Buffer.alloc(64)
  head.write('\x7fELF', 'latin1')
  head.writeUInt8(model.machine === 'armv7l' ? 1 : 2, 4)
  head.writeUInt8(1, 5)
  head.writeUInt16LE(machine, 18)
  return Buffer.concat([head, fillerBytes(seed, 40_000)])
}

function unit(description: string, command: string): string {
  return `[Unit]\nDescription=${description}\n\n[Service]\nExecStart=${command}\nRestart=always\n\n[Install]\nWantedBy=multi-user.target\n`
}

function recipe(product: string, index: number): string {
  return json({ product, fillMillilitres: [500, 1000, 500][index], valveOpenMs: 380 + index * 35 })
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

const passwd =
  'root:x:0:0:root:/root:/bin/bash\nline:x:998:998::/var/lib/fillline:/usr/sbin/nologin\nengineer:x:1000:1000::/home/engineer:/bin/bash\n'
const shadow = 'root:*:19793:0:99999:7:::\nline:!:19793::::::\nengineer:*:19793:0:99999:7:::\n'
const interfaces = 'auto eth0\niface eth0 inet static\n  address 192.168.10.31/24\n  gateway 192.168.10.1\n'
const fillLineConfiguration =
  '[line]\nname = Line 3\nstations = 12\n\n[broker]\naddress = mqtts://plc-line-3:8883\n'
