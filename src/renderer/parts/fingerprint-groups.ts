import type { Pin } from '../../shared/model/device.ts'

/** A fingerprint cut into groups: pairs of hex digits for a certificate, four characters for a host key. */
export function groupsOf(
  kind: Pin['kind'],
  fingerprint: string,
): { readonly prefix: string; readonly groups: readonly string[] } {
  const prefix = /^[A-Z0-9-]+:/.exec(fingerprint)?.[0] ?? ''
  const body = kind === 'tls' ? fingerprint.toUpperCase() : fingerprint.slice(prefix.length)
  return {
    prefix: kind === 'tls' ? '' : prefix,
    groups: body.match(kind === 'tls' ? /.{1,2}/g : /.{1,4}/g) ?? [],
  }
}

/**
 * Whether a fingerprint that a person typed or pasted is this one. Colons, spaces, the name of the hash, the case of
 * hex digits and base64's padding do not matter; `undefined` while nothing was typed.
 */
export function isSameFingerprint(
  kind: Pin['kind'],
  typed: string,
  fingerprint: string,
): boolean | undefined {
  const wanted = plain(kind, fingerprint)
  const given = plain(kind, typed)
  return given === '' ? undefined : given === wanted
}

/** The last eight characters as main expects them, from however a person typed them. */
export function typedEnd(kind: Pin['kind'], typed: string): string {
  return kind === 'tls' ? typed.replaceAll(/[^0-9a-f]/gi, '') : typed.replaceAll(/\s/g, '')
}

function plain(kind: Pin['kind'], text: string): string {
  const trimmed = text.trim().replace(/^.*=\s*(?=[0-9A-F]{2}:)/i, '')
  if (kind === 'tls') return trimmed.replaceAll(/[\s:]/g, '').toLowerCase()
  // `ssh-keygen -l` prints the size before and the comment and kind after the fingerprint.
  return (/SHA256:\S+/.exec(trimmed)?.[0] ?? trimmed).replaceAll(/\s|^SHA256:|=+$/g, '')
}
