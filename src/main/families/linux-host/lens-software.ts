import type { LensCode } from '../../../shared/model/lens-codes.ts'
import type { OpenArchive } from '../../archives/open.ts'
import { breathe } from '../../archives/archive-base.ts'
import { lensOf, type OpenLens } from '../lens-table.ts'
import { textOf } from '../lens-values.ts'
import { entriesLike, linesIn, textIn } from './lens-source.ts'

const packageListBytesAtMost = 64 * 1024 * 1024
const keyFilesAtMost = 5001

/**
 * Units that something starts: links in `*.wants` and `*.requires` (systemd.unit(5)), where administrators enable them.
 */
export async function servicesLens(archive: OpenArchive, signal: AbortSignal): Promise<OpenLens> {
  const { links } = await entriesLike(
    archive,
    { links: /^etc\/systemd\/system\/[^/]+\.(wants|requires)\/[^/]+$/ },
    signal,
    keyFilesAtMost,
  )
  return await lensOf(
    'services',
    { name: 'mono', 'started-by': 'mono', file: 'entry' },
    links.map(({ path, linkTarget }) => {
      const [folder = '', name] = path.split('/').slice(-2)
      const target = linkTarget?.replace(/^\/+/, '')
      const file = target !== undefined && archive.find(target)?.kind === 'file' ? target : path
      return { name, 'started-by': folder.replace(/\.(wants|requires)$/, ''), file }
    }),
  )
}

/** Source: the list of dpkg (`var/lib/dpkg/status`, deb-control(5)); only what is installed. */
export async function packagesLens(archive: OpenArchive, signal: AbortSignal): Promise<OpenLens> {
  const text = await textIn(archive, 'var/lib/dpkg/status', signal, packageListBytesAtMost)
  async function* rows() {
    let seen = 0
    for (let from = 0; from < text.length;) {
      if (++seen % 512 === 0) await breathe(signal)
      const end = text.indexOf('\n\n', from)
      const stanza = text.slice(from, end === -1 ? text.length : end)
      from = end === -1 ? text.length : end + 2
      if (fieldOf(stanza, 'Status')?.endsWith(' installed') !== true) continue
      yield {
        name: fieldOf(stanza, 'Package'),
        version: fieldOf(stanza, 'Version'),
        architecture: fieldOf(stanza, 'Architecture'),
        description: fieldOf(stanza, 'Description'),
      }
    }
  }
  return await lensOf(
    'packages',
    { name: 'mono', version: 'mono', architecture: 'mono', description: 'text' },
    rows(),
  )
}

/** Sources: crontab(5) for the system and for each user, and the folders of run-parts(8). */
export async function scheduledLens(archive: OpenArchive, signal: AbortSignal): Promise<OpenLens> {
  const found = await entriesLike(
    archive,
    {
      system: /^etc\/(crontab|cron\.d\/[^/]+)$/,
      users: /^var\/spool\/cron\/crontabs\/[^/]+$/,
      parts: /^etc\/cron\.(hourly|daily|weekly|monthly)\/[^/]+$/,
    },
    signal,
  )
  async function* rows() {
    for (const { path } of found.system)
      for (const { text } of await linesIn(archive, path, signal)) {
        const [, schedule, user, command] = /^(@\w+|\S+(?:\s+\S+){4})\s+(\S+)\s+(.+)$/.exec(text) ?? []
        if (schedule !== undefined && !isVariable(text)) yield { schedule, user, command, file: path }
      }
    for (const { path } of found.users)
      for (const { text } of await linesIn(archive, path, signal)) {
        const [, schedule, command] = /^(@\w+|\S+(?:\s+\S+){4})\s+(.+)$/.exec(text) ?? []
        const user = path.slice(path.lastIndexOf('/') + 1)
        if (schedule !== undefined && !isVariable(text)) yield { schedule, user, command, file: path }
      }
    for (const { path, kind } of found.parts)
      if (kind === 'file' && !path.includes('/.'))
        yield {
          schedule: path.split('/')[1]?.replace('.', ' '),
          user: 'root',
          command: `/${path}`,
          file: path,
        }
  }
  return await lensOf(
    'scheduled-commands',
    { schedule: 'mono', user: 'mono', command: 'mono', file: 'entry' },
    rows(),
  )
}

const kindsByEnding: Readonly<Record<string, LensCode>> = {
  crt: 'certificate',
  cer: 'certificate',
  der: 'certificate',
  pem: 'certificate-or-key',
  key: 'key',
  p12: 'key-container',
  pfx: 'key-container',
  jks: 'key-container',
  csr: 'request',
  crl: 'revocation-list',
}
const sshKey = /(^|\/)(ssh_host_\w+_key|id_(rsa|dsa|ecdsa|ed25519)(_sk)?)(\.pub)?$/
const systemStore = /^(usr\/share|etc\/ssl\/certs|usr\/lib)\//

/** Certificates and keys by their names alone; their content is not read. The system's own store is left out. */
export async function keyFilesLens(archive: OpenArchive, signal: AbortSignal): Promise<OpenLens> {
  const { named } = await entriesLike(
    archive,
    { named: new RegExp(`\\.(${Object.keys(kindsByEnding).join('|')})$|${sshKey.source}`, 'i') },
    signal,
    keyFilesAtMost,
  )
  return await lensOf(
    'key-files',
    { name: 'mono', kind: 'code', size: 'size', changed: 'time', file: 'entry' },
    named
      .filter(({ path, kind }) => kind === 'file' && !systemStore.test(path))
      .map(({ path, sizeBytes, modifiedAt }) => ({
        name: path.slice(path.lastIndexOf('/') + 1),
        kind: kindOf(path),
        size: sizeBytes,
        changed: modifiedAt,
        file: path,
      })),
  )
}

function kindOf(path: string): LensCode | undefined {
  if (sshKey.test(path)) return path.endsWith('.pub') ? 'public-key' : 'key'
  return kindsByEnding[path.slice(path.lastIndexOf('.') + 1).toLowerCase()]
}

function fieldOf(stanza: string, name: string): string | undefined {
  const start = stanza.startsWith(`${name}: `) ? 0 : stanza.indexOf(`\n${name}: `) + 1
  if (start === 0 && !stanza.startsWith(`${name}: `)) return undefined
  const end = stanza.indexOf('\n', start)
  return textOf(stanza.slice(start + name.length + 2, end === -1 ? undefined : end).trim())
}

function isVariable(line: string): boolean {
  return /^\w+\s*=/.test(line)
}
