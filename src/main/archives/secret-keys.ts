/** Keys whose values are secrets, as words; what stands in front of them does not matter (`initialPassword`). */
const endings: readonly string[] = [
  ...[
    'password',
    'passwords',
    'passwd',
    'passphrase',
    'passcode',
    'pass',
    'pwd',
    'pw',
    'psk',
    'puk',
    'pincode',
    'pin code',
  ],
  ...['secret', 'secrets', 'token', 'jwt', 'bearer', 'authorization', 'credential', 'credentials'],
  ...[
    'private key',
    'priv key',
    'secret key',
    'api key',
    'access key',
    'account key',
    'client key',
    'master key',
  ],
  ...['shared key', 'preshared key', 'encryption key', 'signing key', 'wep key'],
  ...['rocommunity', 'rwcommunity', 'ro community', 'rw community'],
]

/** A part of each of them: most names have none, and are done with at once. */
const mayBeSecret = /pass|pw|psk|puk|pin|key|secret|token|jwt|bearer|auth|cred|commun/i

/** Words that are written without a break. */
const joined = /(?:password|passwd|passphrase|secret|token|apikey|privatekey|presharedkey|psk|pwd)$/
const joinedShort = /^(?:db|user|root|admin|login|mysql|ftp|smtp|http|proxy|ldap)(?:pass|pw)$/

/** What may stand behind such a word without changing what it is; numbers as well (`wep_key0`). */
const qualifiers: ReadonlySet<string> = new Set([
  ...[
    'hash',
    'hashed',
    'salt',
    'value',
    'text',
    'plain',
    'encrypted',
    'enc',
    'cipher',
    'base64',
    'b64',
    'data',
    'pem',
  ],
  ...['new', 'old', 'current', 'confirm', 'confirmation', 'repeat', 'str', 'string'],
])

/**
 * True for the name of a value that nobody should see by chance: passwords and their hashes, keys, tokens. Names of
 * settings about them (`passwordPolicies`, `tokenValidity`, `publicKey`) are not.
 */
export function isSecretKey(key: string): boolean {
  if (key.length > 200 || !mayBeSecret.test(key)) return false
  const words = wordsOf(key)
  while (words.length > 1 && isQualifier(words.at(-1) ?? '')) words.pop()
  const last = words.at(-1) ?? ''
  if (joined.test(last) || joinedShort.test(last)) return true
  const name = words.join(' ')
  return endings.some((ending) => name === ending || name.endsWith(` ${ending}`))
}

function isQualifier(word: string): boolean {
  return qualifiers.has(word) || /^[0-9]+$/.test(word)
}

/** `$passwordHash`, `WPA-PSK`, `db.root_password2`: the words of a name, in small letters. */
function wordsOf(key: string): string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])([0-9]+)$/, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
