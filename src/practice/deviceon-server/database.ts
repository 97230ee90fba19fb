import { createHash } from 'node:crypto'
import type { PortalLogin } from './options.ts'

/** What the relational database holds, as far as it can be seen from outside. */
export interface Database {
  readonly devices: readonly string[]
  readonly accounts: readonly Account[]
}

export interface Account {
  readonly name: string
  /** Lower-case hex. */
  readonly passwordSha256: string
}

/** Devices with names that follow from the server's. */
export function devicesFor(server: string, count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `${server.toLowerCase()}-${String(index + 1).padStart(4, '0')}`,
  )
}

export function accountFor({ account, password }: PortalLogin): Account {
  return { name: account, passwordSha256: createHash('sha256').update(password).digest('hex') }
}

/** The database as a dump in the form of `pg_dump`. */
export function dump({ devices, accounts }: Database): string {
  return [
    '-- PostgreSQL database dump',
    '',
    'COPY public.account (name, password) FROM stdin;',
    ...accounts.map(({ name, passwordSha256 }) => `${name}\t${passwordSha256}`),
    String.raw`\.`,
    '',
    'COPY public.device (name) FROM stdin;',
    ...devices,
    String.raw`\.`,
    '',
    '-- PostgreSQL database dump complete',
    '',
  ].join('\n')
}

/** Reads back what `dump` wrote. */
export function readDump(text: string): Database {
  return {
    devices: rowsOf(text, 'device'),
    accounts: rowsOf(text, 'account').map((row) => {
      const [name = '', passwordSha256 = ''] = row.split('\t')
      return { name, passwordSha256 }
    }),
  }
}

function rowsOf(text: string, table: string): readonly string[] {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`COPY public.${table} `)) + 1
  return lines.slice(start, lines.indexOf(String.raw`\.`, start))
}
