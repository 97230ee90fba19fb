import 'reflect-metadata'
import { createHash, randomBytes, webcrypto } from 'node:crypto'
import { X509CertificateGenerator, cryptoProvider } from '@peculiar/x509'

export interface TestCertificate {
  readonly cert: string
  readonly key: string
  /** SHA-256 of the DER form, computed without the code under test. */
  readonly fingerprint: string
  readonly keys: CryptoKeyPair
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000

/** Makes a self-signed certificate like the ones that devices make. */
export async function makeCertificate({
  name = 'CN=device',
  notBefore = new Date(Date.now() - dayMs),
  notAfter = new Date(Date.now() + 365 * dayMs),
  keys,
}: {
  readonly name?: string
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly keys?: CryptoKeyPair
} = {}): Promise<TestCertificate> {
  const provider = webcrypto as unknown as Crypto
  cryptoProvider.set(provider)
  const pair = keys ?? (await provider.subtle.generateKey(algorithm, true, ['sign', 'verify']))
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(8).toString('hex'),
    name,
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    keys: pair,
  })
  const der = Buffer.from(await provider.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64')
  return {
    cert: certificate.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`,
    fingerprint: createHash('sha256').update(Buffer.from(certificate.rawData)).digest('hex'),
    keys: pair,
  }
}
