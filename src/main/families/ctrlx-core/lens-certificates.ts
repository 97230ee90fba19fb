import { X509Certificate } from 'node:crypto'
import type { Entry } from '../../../shared/model/entry.ts'
import type { LensCode } from '../../../shared/model/lens-codes.ts'
import { lensOf, secretOf, type OpenLens } from '../lens-table.ts'
import { objectsIn, textOf, valueAt, type Members } from '../lens-values.ts'
import type { LensSource } from './lens-source.ts'

const certificateBytesAtMost = 64 * 1024
/** Reading more of them would take longer than anybody waits. */
const certificatesReadAtMost = 500

const kinds = {
  certificates: 'certificate',
  keys: 'key',
  certificateRevocationLists: 'revocation-list',
  pkcs12Containers: 'key-container',
} as const satisfies Record<string, LensCode>

interface Listed {
  readonly application: string
  readonly kind: LensCode
  readonly store: string | undefined
  readonly name: string
  readonly element: Members
  readonly folder: string
}

/**
 * Source: `certificateManagement.applications` of a setup file; certificates and keys lie in stores, lists and
 * containers do not. What a certificate says is read from its file where that is a plain X.509 certificate.
 */
export async function certificatesLens(source: LensSource): Promise<OpenLens> {
  async function* rows() {
    let read = 0
    for (const { element, folder, ...listed } of listedIn(source.document)) {
      const entry = await source.entryOf(element, folder)
      const isRead = listed.kind === 'certificate' && entry !== undefined && ++read <= certificatesReadAtMost
      yield { ...listed, ...(isRead && (await readCertificate(source, entry))), file: entry?.path }
    }
  }
  return await lensOf(
    'certificates',
    {
      application: 'mono',
      kind: 'code',
      store: 'mono',
      name: 'mono',
      subject: 'text',
      issuer: 'text',
      'valid-from': 'time',
      'valid-until': 'time',
      fingerprint: 'mono',
      file: 'entry',
    },
    rows(),
  )
}

/** Source: `certificateManagement.pkis` of a setup file. The challenge is a password. */
export async function certificateServersLens(document: Members): Promise<OpenLens> {
  return await lensOf(
    'certificate-servers',
    { address: 'mono', protocol: 'mono', password: 'mono' },
    objectsIn(valueAt(document, 'certificateManagement', 'pkis')).map(([address, server]) => ({
      address,
      protocol: textOf(server['protocol']),
      password: secretOf(
        textOf(valueAt(server, 'authentication', 'challenge')) ??
          textOf(valueAt(server, 'authentication', 'encryptedChallenge')),
      ),
    })),
  )
}

function* listedIn(document: Members): Generator<Listed> {
  for (const [application, held] of objectsIn(valueAt(document, 'certificateManagement', 'applications'))) {
    for (const [member, kind] of Object.entries(kinds)) {
      const folder = `certificateManagement/${application}/${member}`
      const hasStores = member === 'certificates' || member === 'keys'
      for (const [outer, below] of objectsIn(held[member])) {
        if (!hasStores) yield { application, kind, store: undefined, name: outer, element: below, folder }
        else
          for (const [name, element] of objectsIn(below))
            yield { application, kind, store: outer, name, element, folder: `${folder}/${outer}` }
      }
    }
  }
}

async function readCertificate({ archive, signal }: LensSource, { path, kind, sizeBytes }: Entry) {
  if (kind !== 'file' || sizeBytes > certificateBytesAtMost) return {}
  const bytes = await archive.readBytes(path, certificateBytesAtMost, signal)
  try {
    const certificate = new X509Certificate(bytes)
    return {
      subject: oneLine(certificate.subject),
      issuer: oneLine(certificate.issuer),
      'valid-from': timeOf(certificate.validFrom),
      'valid-until': timeOf(certificate.validTo),
      fingerprint: certificate.fingerprint256,
    }
  } catch {
    // Encrypted with the password of the backup, or no certificate: its name is all there is to show.
    return {}
  }
}

function oneLine(name: string): string | undefined {
  return textOf(name.replaceAll('\n', ', '))
}

/** From `Jan  1 00:00:00 2026 GMT`. */
function timeOf(text: string): string | undefined {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
