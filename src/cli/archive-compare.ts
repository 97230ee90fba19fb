import type { Command } from 'commander'
import { FailureError } from '../shared/failure.ts'
import type { EntryComparison, Meaning, MeaningChange } from '../shared/model/comparison.ts'
import type { NoiseCode } from '../shared/model/noise.ts'
import { escapeUntrusted } from '../shared/text/escape.ts'
import { countNoise, noiseText } from '../shared/text/noise-text.ts'
import { placeOf } from '../main/browsing/browse.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import type { Output } from './output.ts'
import { giveCredentials, type CliSession, type CommonOptions, type RunCommand } from './session.ts'

interface CompareOptions extends CommonOptions {
  readonly entry?: string
  readonly device?: string
  readonly all?: boolean
}

/** `archive compare`: two archives, or an archive and its device as it is now. */
export function addCompareCommand(archive: Command, run: RunCommand): void {
  archive
    .command('compare <a> [b]')
    .description('what is different from a to b; code 4 where they differ')
    .option('--entry <entry>', 'both sides of one file')
    .option('--device <device>', 'compare with the settings of this device as they are now')
    .option('--all', 'show and count what says nothing of the device, too')
    .action(async (before: string, after: string | undefined, options: CompareOptions) => {
      await run(options, async (session, all) => {
        if ((after === undefined) === (all.device === undefined) || (all.device && all.entry !== undefined)) {
          const reason = 'takes a second archive, or --device alone'
          throw new FailureError({ code: 'bad-input', field: 'archive compare', reason })
        }
        if (all.device !== undefined) return await compareLive(session, before, all.device, all)
        if (all.entry !== undefined) return await compareEntry(session, [before, after ?? ''], all.entry, all)
        return await compareArchives(session, [before, after ?? ''], all)
      })
    })
}

async function compareArchives(
  session: CliSession,
  ids: readonly [string, string],
  { all = false }: CompareOptions,
): Promise<ExitCode> {
  const { ferrite, output, signal } = session
  const [before, after] = await placesOf(session, ids)
  const { changes, totals, unchanged } = await ferrite.browser.compare(before, after, signal)
  const items = changes.filter(({ noise }) => all || noise === undefined)
  const hidden = all ? [] : countNoise(changes)
  const beyond = totals.added + totals.removed + totals.changed - changes.length
  output.result({ items, totals, unchanged, hidden }, () =>
    [
      ...items.map(
        ({ change, path, noise }) => `${marks[change]} ${escapeUntrusted(path)}${said(noise, output)}`,
      ),
      ...(beyond > 0 ? [`and ${String(beyond)} more`] : []),
      `${String(unchanged)} unchanged`,
      ...hiddenText(changes.length - items.length, hidden, output),
    ].join('\n'),
  )
  return items.length === 0 && beyond === 0 ? exitCodes.done : exitCodes.different
}

async function compareEntry(
  session: CliSession,
  ids: readonly [string, string],
  entry: string,
  { all = false }: CompareOptions,
): Promise<ExitCode> {
  const { ferrite, output, signal } = session
  const [before, after] = await placesOf(session, ids)
  const comparison = await ferrite.browser.compareEntry(before, after, entry, signal)
  if (comparison.before === undefined && comparison.after === undefined)
    throw new FailureError({ code: 'not-found', kind: 'entry', id: entry })
  const { meaning, isSame, noise } = comparison
  output.result(comparison, () =>
    meaning === undefined ? textOf(comparison) : meaningText(meaning, all, output).join('\n'),
  )
  return isSame || (noise !== undefined && !all) ? exitCodes.done : exitCodes.different
}

async function compareLive(
  session: CliSession,
  id: string,
  name: string,
  { all = false }: CompareOptions,
): Promise<ExitCode> {
  const { ferrite, output, signal } = session
  const record = await ferrite.vault.find(id)
  const device = await ferrite.inventory.find(name)
  await giveCredentials(session, device)
  const { readAt, meaning } = await ferrite.compareLive(record.id, device, signal)
  const items = meaning.changes.filter(({ noise }) => all || noise === undefined)
  const hidden = all ? [] : countNoise(meaning.changes)
  output.result({ items, total: meaning.total, noise: meaning.noise, hidden, readAt }, () =>
    meaningText(meaning, all, output).join('\n'),
  )
  return meaning.total === (all ? 0 : meaning.noise) ? exitCodes.done : exitCodes.different
}

async function placesOf({ ferrite }: CliSession, [before, after]: readonly [string, string]) {
  const [a, b] = [await ferrite.vault.find(before), await ferrite.vault.find(after)]
  return [placeOf(a.id), placeOf(b.id)] as const
}

const marks = { added: '+', removed: '-', changed: '~', reordered: '^' } as const

function meaningText({ changes, total, noise }: Meaning, all: boolean, output: Output): readonly string[] {
  const shown = changes.filter((change) => all || change.noise === undefined)
  const beyond = total - (all ? 0 : noise) - shown.length
  return [
    ...shown.map((change) => changeText(change, output)),
    ...(shown.length === 0 && beyond === 0 ? ['no difference'] : []),
    ...(beyond > 0 ? [`and ${String(beyond)} more`] : []),
    ...hiddenText(all ? 0 : noise, countNoise(changes), output),
  ]
}

function changeText(change: MeaningChange, output: Output): string {
  const { path, before, after, isSecret } = change
  const values = isSecret ? ': (secret)' : [before, after].some(Boolean) ? `: ${arrow(before, after)}` : ''
  return `${marks[change.change]} ${escapeUntrusted(path)}${values}${said(change.noise, output)}`
}

function arrow(before: string | undefined, after: string | undefined): string {
  return [before, after].flatMap((side) => (side === undefined ? [] : [escapeUntrusted(side)])).join(' -> ')
}

function said(noise: NoiseCode | readonly NoiseCode[] | undefined, { language }: Output): string {
  if (noise === undefined) return ''
  const codes = typeof noise === 'string' ? [noise] : noise
  return `  (${codes.map((code) => noiseText(code, language).name).join(', ')})`
}

function hiddenText(
  hidden: number,
  counts: readonly { readonly code: NoiseCode; readonly count: number }[],
  { language }: Output,
): readonly string[] {
  if (hidden === 0) return []
  return [
    `${String(hidden)} hidden that say nothing of the device (--all shows them)`,
    ...counts.map(({ code, count }) => `  ${String(count)} ${noiseText(code, language).name}`),
  ]
}

function textOf(comparison: EntryComparison): string {
  return JSON.stringify(comparison, undefined, 2)
}
