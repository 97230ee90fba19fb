import { FailureError } from '../../../shared/failure.ts'
import type { Container } from '../../../shared/model/record.ts'
import type { Shell } from './shell.ts'

/** What the `tar` of a host can do. GNU and busybox differ; others are used with what POSIX and both know. */
export interface Tar {
  readonly isGnu: boolean
  /** Options for writing an archive: owners as numbers, and lists and attributes where this `tar` keeps them. */
  readonly createOptions: readonly string[]
  readonly extractOptions: readonly string[]
}

/**
 * Asks a host for its `tar` and whether it really keeps access control lists and extended attributes: one that was
 * built without them knows the options and warns.
 * @throws FailureError `device-tool-missing`
 */
export async function readTar(shell: Shell, signal: AbortSignal): Promise<Tar> {
  const version = await shell.run(['tar', '--version'], { signal })
  if (version.exitCode === 126 || version.exitCode === 127) {
    throw new FailureError({ code: 'device-tool-missing', address: shell.address, tool: 'tar' })
  }
  if (!version.stdout.toString().includes('GNU tar')) {
    return { isGnu: false, createOptions: [], extractOptions: [] }
  }
  const attributes = ['--acls', '--xattrs']
  // An archive of nothing: only the options are tried.
  const trial = ['tar', ...attributes, '-cf', '-', '-T', '/dev/null']
  const { exitCode, stderr } = await shell.run(trial, { signal })
  const kept = exitCode === 0 && stderr === '' ? attributes : []
  return {
    isGnu: true,
    createOptions: ['--numeric-owner', ...kept],
    // Without being told, GNU tar brings back attributes of the user name space only, not a program's capabilities.
    extractOptions: [
      '--numeric-owner',
      ...kept,
      ...(kept.length > 0 ? ['--xattrs-include=user.*', '--xattrs-include=security.capability'] : []),
    ],
  }
}

/** `tar` writing parts of `root` to its output, packed with gzip or plain. */
export function createCommand(
  { createOptions }: Tar,
  root: string,
  parts: readonly string[],
  packed: 'gzip' | 'plain',
): readonly string[] {
  return ['tar', ...createOptions, '-C', root, packed === 'gzip' ? '-czf' : '-cf', '-', '--', ...parts]
}

/** `tar` unpacking a file of the host below `root`; no parts means all. `kept` paths and what lies in them are passed over. */
export function extractCommand(
  { extractOptions }: Tar,
  root: string,
  {
    file,
    container,
    parts,
    kept,
  }: { file: string; container: Container; parts: readonly string[]; kept: readonly string[] },
): readonly string[] {
  const action = container === 'tar' ? '-xpf' : '-xzpf'
  // Some write `./` in front of every name.
  const excluded = kept.flatMap((path) => [`--exclude=${path}`, `--exclude=./${path}`])
  const matching = excluded.length > 0 ? ['--anchored', '--no-wildcards', ...excluded] : []
  return [
    'tar',
    ...extractOptions,
    ...matching,
    '-C',
    root,
    action,
    file,
    ...(parts.length > 0 ? ['--', ...parts] : []),
  ]
}
