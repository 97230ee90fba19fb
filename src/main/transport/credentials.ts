/**
 * What a device is told to let Ferrite in. Lives in memory only; at rest it is the keychain's.
 * Never logged, never part of a failure, never sent before the pin was checked.
 */
export type Credentials =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | {
      readonly kind: 'key'
      readonly user: string
      readonly privateKey: string
      readonly passphrase?: string
    }
  | { readonly kind: 'agent'; readonly user: string; readonly socket: string }
