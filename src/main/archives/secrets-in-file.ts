import type { Span } from './span.ts'

/** Files of known forms whose secrets have no names. */
const forms: readonly { readonly path: RegExp; readonly line: RegExp }[] = [
  // user:hash:…; `*`, `!` and `x` stand for no password here
  { path: /(?:^|\/)g?shadow-?$/, line: /^[^:\r\n]{1,256}:([^:\r\n]{2,})/dgm },
  { path: /(?:^|\/)(?:passwd-?|\.?htpasswd)$/, line: /^[^:\r\n]{1,256}:([^:\r\n]{2,})/dgm },
  // host:port:database:user:password
  { path: /(?:^|\/)\.?pgpass(?:\.conf)?$/, line: /^(?:(?:[^:\\\r\n]|\\.){0,256}:){4}([^\r\n]+)/dgm },
  { path: /(?:^|\/)[._]netrc$/, line: /\bpassword\s{1,20}(\S+)/dg },
  // client server secret addresses
  {
    path: /(?:^|\/)(?:chap|pap)-secrets$/,
    line: /^[ \t]*[^\s#]\S{0,256}[ \t]+\S{1,256}[ \t]+("[^"\r\n]*"|\S+)/dgm,
  },
]

/** Secrets of files that are known by their path. */
export function* secretsInFile(text: string, path: string): Generator<Span> {
  for (const form of forms) {
    if (!form.path.test(path)) continue
    for (const { indices } of text.matchAll(form.line)) {
      const secret = indices?.[1]
      if (secret !== undefined) yield { start: secret[0], end: secret[1] }
    }
  }
}

/** True for a document in which every value is a secret: the credentials that Node-RED keeps beside its flows. */
export function holdsOnlySecrets(path: string): boolean {
  return /(?:^|\/)\.?flows[^/]*_cred\.json(?:\.backup)?$/.test(path)
}
