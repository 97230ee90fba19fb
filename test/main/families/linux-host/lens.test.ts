import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { lenses } from '../../../../src/main/families/linux-host/lens.ts'
import { secretIn } from '../../../../src/main/families/lens-table.ts'
import { buildTar } from '../../../corpus/tar-bytes.ts'
import { answerOf, opened, pairsOf, quiet, rowsOf, tarOf } from '../lens-archives.ts'

const canary = 'canary-8c1f'
const files = {
  'usr/lib/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
  'etc/hostname': 'line-3\n',
  'etc/machine-id': `${'ab'.repeat(16)}\n`,
  'etc/localtime': { link: '/usr/share/zoneinfo/Europe/Berlin' },
  'etc/passwd':
    'root:x:0:0:root:/root:/bin/bash\nline:x:998:998:Filling line,,,:/var/lib/line:/usr/sbin/nologin\nguest:x:1001:1001::/home/guest:/bin/sh\n# comment\nbroken\n',
  'etc/shadow': `root:$y$j9T$${canary}-root:19793:0:99999:7:::\nline:!:19793::::::\nguest::19793::::::\n`,
  'etc/group': 'root:x:0:\nline:x:998:engineer,root\n',
  'etc/ssh/sshd_config': '#PermitRootLogin no\nPermitRootLogin yes\nPasswordAuthentication no\n',
  'etc/network/interfaces':
    'auto lo eth0\niface lo inet loopback\niface eth0 inet static\n  address 192.168.10.31/24\n  gateway 192.168.10.1\nallow-hotplug eth1\niface eth1 inet dhcp\n',
  'etc/systemd/network/10-lan.network':
    '[Match]\nName=enp3s0\n[Network]\nDHCP=no\nAddress=10.0.0.2/24\nAddress=10.0.0.3/24\nGateway=10.0.0.1\nDNS=9.9.9.9\n',
  'etc/netplan/50-cloud.yaml': 'network: {}\n',
  'etc/NetworkManager/system-connections/plant.nmconnection': `[connection]\nid=plant\ntype=wifi\ninterface-name=wlan0\n[wifi]\nssid=plant\n[wifi-security]\nkey-mgmt=wpa-psk\npsk=${canary}-psk\n[ipv4]\nmethod=manual\naddress1=172.16.0.5/16,172.16.0.1\ndns=8.8.8.8;1.1.1.1;\n`,
  'etc/resolv.conf': '# made by hand\nnameserver 192.168.10.1\nsearch plant.example\n',
  'etc/systemd/timesyncd.conf': '[Time]\n#NTP=old\nNTP=ntp.plant\n',
  'etc/hosts': '127.0.0.1\tlocalhost\n192.168.10.20 plc-line-3 plc # the control\n',
  'etc/systemd/system/fillline.service': '[Service]\nExecStart=/opt/fillline\n',
  'etc/systemd/system/multi-user.target.wants/fillline.service': {
    link: '/etc/systemd/system/fillline.service',
  },
  'etc/systemd/system/sockets.target.wants/dbus.socket': { link: '/lib/systemd/system/dbus.socket' },
  'var/lib/dpkg/status':
    'Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 3.0.15-1\nDescription: Secure Sockets Layer\n more words\n\nPackage: gone\nStatus: deinstall ok config-files\nVersion: 1\n\nPackage: tar\nStatus: install ok installed\nVersion: 1.34\n',
  'etc/crontab': 'SHELL=/bin/sh\n17 * * * * root run-parts /etc/cron.hourly\n',
  'etc/cron.d/collect-logs': '@daily backup /usr/local/bin/collect-logs --all\n',
  'var/spool/cron/crontabs/engineer': '*/5 * * * * /home/engineer/poll.sh\n',
  'etc/cron.daily/logrotate': '#!/bin/sh\n',
  'etc/fillline/broker.key': `${canary}-private-key`,
  'etc/fillline/broker.crt': 'certificate',
  'etc/ssh/ssh_host_ed25519_key': `${canary}-host-key`,
  'etc/ssh/ssh_host_ed25519_key.pub': 'public',
  'etc/ssl/certs/ca-of-the-system.pem': 'one of hundreds',
}

test('a host says who it was, from where Linux keeps it', async () => {
  const made = await lenses(await tarOf(files), quiet)
  expect(pairsOf(made, 'identity')).toEqual({
    'operating-system': 'Debian GNU/Linux 12 (bookworm)',
    'operating-system-version': '12',
    'host-name': 'line-3',
    'machine-id': 'ab'.repeat(16),
    'time-zone': 'Europe/Berlin',
  })
})

test('accounts say whether they let anybody in', async () => {
  const made = await lenses(await tarOf(files), quiet)
  expect(rowsOf(made, 'users')).toMatchObject([
    { name: 'root', 'user-id': '0', home: '/root', shell: '/bin/bash', status: 'password' },
    { name: 'line', 'full-name': 'Filling line', status: 'locked' },
    { name: 'guest', status: 'no-password' },
  ])
  expect(rowsOf(made, 'groups')).toEqual([
    { name: 'root', 'group-id': '0' },
    { name: 'line', 'group-id': '998', members: 'engineer, root' },
  ])
  expect(pairsOf(made, 'sign-in')).toEqual({ 'ssh-permit-root': 'yes', 'ssh-password-login': 'no' })
})

test('the network is read from whatever manages it', async () => {
  const made = await lenses(await tarOf(files), quiet)
  expect(rowsOf(made, 'interfaces')).toEqual([
    { file: 'etc/netplan/50-cloud.yaml' },
    {
      name: 'eth0',
      dhcp: false,
      addresses: '192.168.10.31/24',
      gateway: '192.168.10.1',
      file: 'etc/network/interfaces',
    },
    { name: 'eth1', dhcp: true, file: 'etc/network/interfaces' },
    {
      name: 'enp3s0',
      dhcp: false,
      addresses: '10.0.0.2/24, 10.0.0.3/24',
      gateway: '10.0.0.1',
      dns: '9.9.9.9',
      file: 'etc/systemd/network/10-lan.network',
    },
    {
      name: 'wlan0',
      kind: 'wifi',
      dhcp: false,
      addresses: '172.16.0.5/16',
      gateway: '172.16.0.1',
      dns: '8.8.8.8, 1.1.1.1',
      file: 'etc/NetworkManager/system-connections/plant.nmconnection',
    },
  ])
  expect(rowsOf(made, 'wireless-networks')).toMatchObject([
    { interface: 'wlan0', network: 'plant', security: 'wpa-psk' },
  ])
  expect(rowsOf(made, 'network-settings').map(({ setting, value }) => [setting, value])).toEqual([
    ['dns-server', '192.168.10.1'],
    ['dns-search', 'plant.example'],
    ['ntp-server', 'ntp.plant'],
  ])
  expect(rowsOf(made, 'hosts')).toEqual([
    { address: '127.0.0.1', host: 'localhost' },
    { address: '192.168.10.20', host: 'plc-line-3', aliases: 'plc' },
  ])
})

test('services, packages, schedules and key files are listed', async () => {
  const made = await lenses(await tarOf(files), quiet)
  expect(rowsOf(made, 'services')).toEqual([
    {
      name: 'fillline.service',
      'started-by': 'multi-user.target',
      file: 'etc/systemd/system/fillline.service',
    },
    {
      name: 'dbus.socket',
      'started-by': 'sockets.target',
      file: 'etc/systemd/system/sockets.target.wants/dbus.socket',
    },
  ])
  expect(rowsOf(made, 'packages')).toEqual([
    { name: 'openssl', version: '3.0.15-1', architecture: 'amd64', description: 'Secure Sockets Layer' },
    { name: 'tar', version: '1.34' },
  ])
  expect(
    rowsOf(made, 'scheduled-commands').map(({ schedule, user, command }) => [schedule, user, command]),
  ).toEqual([
    ['17 * * * *', 'root', 'run-parts /etc/cron.hourly'],
    ['@daily', 'backup', '/usr/local/bin/collect-logs --all'],
    ['*/5 * * * *', 'engineer', '/home/engineer/poll.sh'],
    ['cron daily', 'root', '/etc/cron.daily/logrotate'],
  ])
  expect(rowsOf(made, 'key-files').map(({ name, kind }) => [name, kind])).toEqual([
    ['broker.key', 'key'],
    ['broker.crt', 'certificate'],
    ['ssh_host_ed25519_key', 'key'],
    ['ssh_host_ed25519_key.pub', 'public-key'],
  ])
})

test('hashes and keys of networks are covered, and private keys are not read at all', async () => {
  const made = await lenses(await tarOf(files), quiet)
  expect(JSON.stringify(answerOf(made))).not.toContain(canary)
  expect(secretIn(made, 'users', 0, 7)).toBe(`$y$j9T$${canary}-root`)
  expect(secretIn(made, 'wireless-networks', 0, 4)).toBe(`${canary}-psk`)
  expect(JSON.stringify(made)).not.toMatch(new RegExp(`${canary}-(private|host)-key`))
})

test('files that say other things than their names promise make rows of what can be read', async () => {
  const odd = Object.fromEntries(
    Object.keys(files).map((path) => [
      path,
      Buffer.from(`\0:::::::::\n[x\n=\n= =\n${','.repeat(300_000)}\n{{\xff`, 'latin1'),
    ]),
  )
  const begun = performance.now()
  answerOf(await lenses(await tarOf(odd), quiet))
  expect(performance.now() - begun).toBeLessThan(5000)
})

test('a packed archive is read the same, and one with nothing of a system has nothing to show', async () => {
  const packed = gzipSync(buildTar({ name: 'etc/hostname', content: 'line-9\n' }))
  expect(pairsOf(await lenses(await opened(packed, 'x.tar.gz'), quiet), 'identity')).toEqual({
    'host-name': 'line-9',
  })
  expect(answerOf(await lenses(await tarOf({ 'srv/x': 'y' }), quiet))).toEqual([])
})
