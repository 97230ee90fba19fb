/**
 * One line of a hex dump as `hexdump -C` writes it: two groups of eight, then the printable ASCII characters, dots
 * for the rest. Empty for bytes that are not there yet.
 */
export function hexLine(
  bytes: Uint8Array | undefined,
  perRow: number,
): { readonly hex: string; readonly text: string } {
  if (bytes === undefined) return { hex: '', text: '' }
  const half = perRow / 2
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'))
  const hex = `${digits.slice(0, half).join(' ')}  ${digits.slice(half).join(' ')}`.trimEnd()
  const text = [...bytes]
    .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
    .join('')
  return { hex, text }
}
