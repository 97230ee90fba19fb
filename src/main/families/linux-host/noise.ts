import type { NoiseFilter } from '../../archives/noise.ts'

/**
 * What a running system writes for itself: mounts, process numbers, seeds of the random generator, the drift of the
 * clock, leases, marks of updates (mtab(5), systemd-random-seed(8), adjtime(5), dhclient.leases(5),
 * systemd-update-done(8), NetworkManager's state folder).
 */
const runtimeState = [
  /^etc\/mtab$/,
  /^(etc|var)\/\.updated$/,
  /^etc\/adjtime$/,
  /^etc\/ld\.so\.cache$/,
  /^run\//,
  /\.pid$/,
  /(^|\/)random-seed$/,
  /^var\/lib\/systemd\/(timers|timesync)\//,
  /^var\/lib\/(dhcp|dhclient|NetworkManager)\/[^/]*\.leases?$/,
  /^var\/lib\/NetworkManager\/(timestamps|seen-bssids)$/,
]

const comment = /^\s{0,40}(#|;|\/\/|--|\/\*|\*|<!--|")/
const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const clock = '\\d{2}:\\d{2}:\\d{2}'
/** A moment with its time of day. A date alone may be one that matters, such as the end of something. */
const moment = new RegExp(
  [
    `\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\\d{2}:?\\d{2}))?`,
    `${weekday},? ${month} {1,2}\\d{1,2} ${clock}(?: [A-Z]{2,5})? \\d{4}`,
    `${weekday}, \\d{1,2} ${month} \\d{4} ${clock}(?: (?:GMT|UTC|[+-]\\d{4}))?`,
  ].join('|'),
  'g',
)

export const noise: readonly NoiseFilter[] = [
  { kind: 'entry', code: 'runtime-state', in: (path) => runtimeState.some((each) => each.test(path)) },
  { kind: 'entry', code: 'logs', in: (path) => path.startsWith('var/log/') },
  {
    // Generators of files write their time into a comment at the head.
    kind: 'line',
    code: 'generated-at',
    in: () => true,
    quiet: (line) => (comment.test(line) ? line.replace(moment, '') : line),
  },
]
