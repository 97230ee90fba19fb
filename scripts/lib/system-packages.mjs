import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mustRun, PlainError, run, say, which } from './run.mjs'

/**
 * What Electron, its tests and the tests against real servers need from Debian or Ubuntu. Where a list has several
 * names, the first that the system knows is taken: Ubuntu 24.04 renamed some.
 */
const needed = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libgbm1'],
  ['libasound2t64', 'libasound2'],
  ['xvfb'],
  ['xauth'],
  ['openssh-server'],
  ['openssh-client'],
  ['7zip'],
  ['unzip'],
  ['zip'],
  ['jq'],
  ['strace'],
  ['python3'],
  ['openssl'],
  ['procps'],
  ['e2fsprogs'],
  ['libarchive-tools'],
  ['poppler-utils'],
  ['gnome-keyring'],
  ['libsecret-1-0'],
  ['dbus'],
]

const policyFile = '/usr/sbin/policy-rc.d'

/** Installs what is missing where this process may; else names the one command to run and fails. */
export async function ensureSystemPackages() {
  if (process.platform !== 'linux') return
  if (which('apt-get') === undefined || which('dpkg-query') === undefined) {
    say('This is not Debian or Ubuntu: the libraries of Electron and the test programs are yours to install.')
    return
  }
  const installed = installedPackages()
  const missing = needed.filter((names) => !names.some((name) => installed.has(name)))
  if (missing.length === 0) return
  const prefix = process.getuid?.() === 0 ? [] : hasPasswordlessSudo() ? ['sudo', '-n'] : undefined
  if (prefix === undefined) {
    const names = missing.map((alternatives) => known(alternatives)).join(' ')
    throw new PlainError(
      `System packages are missing. Run this once, then setup again:\n\n  sudo apt-get install -y --no-install-recommends ${names}\n`,
    )
  }
  const apt = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
  await mustRun([...apt, 'update', '-qq'], { stdio: ['ignore', 2, 2] })
  const names = missing.map((alternatives) => known(alternatives))
  say(`Installing ${names.join(' ')}.`)
  await withoutStartingServices(prefix, async () => {
    await mustRun([...apt, 'install', '-y', '-qq', '--no-install-recommends', ...names], {
      stdio: ['ignore', 'ignore', 2],
    })
  })
  if (names.includes('openssh-server') && which('systemctl') !== undefined) {
    // The tests start servers of their own; the system's would listen from the next boot on.
    await run([...prefix, 'systemctl', 'disable', 'ssh.service', 'ssh.socket'], { stdio: 'ignore' })
  }
}

/** @returns {ReadonlySet<string>} */
function installedPackages() {
  const list = execFileSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const lines = list.split('\n').filter((line) => line.startsWith('installed '))
  return new Set(lines.map((line) => line.slice('installed '.length)))
}

/** @param {readonly string[]} alternatives @returns {string} the first one that the system's package lists know */
function known(alternatives) {
  const found = alternatives.find((name) => {
    const { status, stdout } = spawnSync('apt-cache', ['show', '--no-all-versions', name], {
      encoding: 'utf8',
    })
    return status === 0 && stdout.includes(`Package: ${name}`)
  })
  return found ?? alternatives.at(-1) ?? ''
}

function hasPasswordlessSudo() {
  return which('sudo') !== undefined && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
}

/**
 * Debian starts a server when it is installed unless a policy says no. One that exists stays; ours is taken away again.
 *
 * @param {readonly string[]} prefix
 * @param {() => Promise<void>} install
 */
async function withoutStartingServices(prefix, install) {
  if (existsSync(policyFile)) {
    await install()
    return
  }
  const script = `printf '#!/bin/sh\\nexit 101\\n' > ${policyFile} && chmod 755 ${policyFile}`
  await mustRun([...prefix, 'sh', '-c', script], { stdio: ['ignore', 2, 2] })
  try {
    await install()
  } finally {
    await mustRun([...prefix, 'rm', '-f', policyFile], { stdio: ['ignore', 2, 2] })
  }
}
