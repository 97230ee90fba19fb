/** A piece of a copy: bytes of the file it is made of, from one place up to another, or new ones. */
export type Segment =
  | { readonly kind: 'copy'; readonly from: number; readonly to: number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
