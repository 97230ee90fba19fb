import { createCipheriv, createDecipheriv, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'

/**
 * The vendor documents neither the hash of a backup's password nor the cipher of its secret parts, so these are
 * the simulator's own: scrypt, and AES-256-GCM with the salt, the nonce and the tag in front of the cipher text.
 */
const saltBytes = 16
const nonceBytes = 12
const tagBytes = 16
// Cheap on purpose: practice devices log in often and keep no real secrets.
const cost = { N: 1024, r: 8, p: 1 }

/** A salted hash of `password`, to be checked with `matchesPassword`. */
export function hashPassword(password: string): string {
  const salt = randomBytes(saltBytes)
  return `scrypt:${salt.toString('hex')}:${derive(password, salt).toString('hex')}`
}

/** Whether `password` is the one that `hash` was made of. */
export function matchesPassword(password: string, hash: string): boolean {
  const [scheme, salt, expected] = hash.split(':')
  if (scheme !== 'scrypt' || salt === undefined || expected === undefined) return false
  const wanted = Buffer.from(expected, 'hex')
  const given = derive(password, Buffer.from(salt, 'hex'))
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}

export function encrypt(content: Buffer, password: string): Buffer {
  const salt = randomBytes(saltBytes)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', derive(password, salt), nonce)
  const encrypted = Buffer.concat([cipher.update(content), cipher.final()])
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), encrypted])
}

/** The content that `encrypt` was given, or undefined for a wrong password or damaged bytes. */
export function decrypt(sealed: Buffer, password: string): Buffer | undefined {
  if (sealed.length < saltBytes + nonceBytes + tagBytes) return undefined
  const salt = sealed.subarray(0, saltBytes)
  const nonce = sealed.subarray(saltBytes, saltBytes + nonceBytes)
  const tag = sealed.subarray(saltBytes + nonceBytes, saltBytes + nonceBytes + tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', derive(password, salt), nonce, { authTagLength: tagBytes })
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(saltBytes + nonceBytes + tagBytes)),
      decipher.final(),
    ])
  } catch {
    return undefined
  }
}

function derive(password: string, salt: Buffer): Buffer {
  return scryptSync(password, salt, 32, cost)
}
