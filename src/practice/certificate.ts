import 'reflect-metadata'
import type { webcrypto } from 'node:crypto'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
  cryptoProvider,
} from '@peculiar/x509'

/** A certificate with its private key, as the TLS server takes them. */
export interface DeviceCertificate {
  readonly certificatePem: string
  readonly keyPem: string
  /** SHA-256 of the DER form, lower-case hex without colons. */
  readonly fingerprint: string
}

/** From when to when a certificate is good. */
export interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000

/** The certificate kept in `folder`, made at the first call, so that a restart shows the same fingerprint. */
export async function loadCertificate(folder: string, commonName: string): Promise<DeviceCertificate> {
  const files = filesIn(folder)
  if (!existsSync(files.certificate)) return renewCertificate(folder, commonName)
  return describe(readFileSync(files.certificate, 'utf8'), readFileSync(files.key, 'utf8'))
}

/** Makes a new self-signed certificate with a new key and keeps it in `folder` in place of the old one. */
export async function renewCertificate(
  folder: string,
  commonName: string,
  validity: Validity = {
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + 3650 * dayMs),
  },
): Promise<DeviceCertificate> {
  cryptoProvider.set(globalThis.crypto)
  const keys = await globalThis.crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(8).toString('hex'),
    name: `CN=${commonName}`,
    ...validity,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: commonName },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  })
  const certificatePem = certificate.toString('pem')
  return keepCertificate(folder, { certificatePem, keyPem: await privateKeyPem(keys.privateKey) })
}

/** Keeps this certificate in `folder` in place of the one before. */
export function keepCertificate(
  folder: string,
  { certificatePem, keyPem }: Pick<DeviceCertificate, 'certificatePem' | 'keyPem'>,
): DeviceCertificate {
  const files = filesIn(folder)
  writeFileSync(files.key, keyPem, { mode: 0o600 })
  writeFileSync(files.certificate, certificatePem)
  return describe(certificatePem, keyPem)
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await globalThis.crypto.subtle.exportKey('pkcs8', key))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
}

function describe(certificatePem: string, keyPem: string): DeviceCertificate {
  const der = Buffer.from(new X509Certificate(certificatePem).rawData)
  return { certificatePem, keyPem, fingerprint: createHash('sha256').update(der).digest('hex') }
}

function filesIn(folder: string): { readonly certificate: string; readonly key: string } {
  return { certificate: join(folder, 'certificate.pem'), key: join(folder, 'certificate-key.pem') }
}
