import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const ivBytes = 12
const tagBytes = 16

/** The key that belongs to one secret, such as the one inside a TPM. */
export function keyFor(secret: string): Buffer {
  return createHash('sha256').update(`practice key of ${secret}`).digest()
}

/** Encrypts so that nobody without the key learns anything but the length. */
export function seal(key: Buffer, content: Buffer): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const sealed = Buffer.concat([cipher.update(content), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** The content, or `undefined` when the key is another one or a bit is wrong. */
export function unseal(key: Buffer, sealed: Buffer): Buffer | undefined {
  if (sealed.length < ivBytes + tagBytes) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes))
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes))
  const content = decipher.update(sealed.subarray(ivBytes + tagBytes))
  try {
    return Buffer.concat([content, decipher.final()])
  } catch {
    // The one thing `final` complains of: the tag does not fit.
    return undefined
  }
}
