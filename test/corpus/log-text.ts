const sources = ['web', 'io', 'motion', 'ethercat', 'scheduler', 'users', 'datalayer', 'backup']
const messages = [
  'connection closed by peer',
  'value written',
  'session opened',
  'task overran its cycle',
  'node is not reachable',
  'configuration stored',
  'certificate will expire',
]

/** So many bytes of something like the log of a device: a fifth of it once compressed. The same for the same seed. */
export function logText(sizeBytes: number, seed: number): Buffer {
  const lines: string[] = []
  let state = seed * 2 + 1
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 0x100000000) * below)
  }
  for (let bytes = 0, second = 0; bytes < sizeBytes; second += next(3)) {
    const time = new Date(1_700_000_000_000 + second * 1000).toISOString()
    const line = `${time} ${sources[next(sources.length)] ?? ''}[${next(9000)}]: ${messages[next(messages.length)] ?? ''} (${next(100_000)})\n`
    lines.push(line)
    bytes += line.length
  }
  return Buffer.from(lines.join(''), 'latin1').subarray(0, sizeBytes)
}
