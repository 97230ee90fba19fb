import type { Command } from 'commander'
import { htmlDocument } from '../main/printing/document.ts'
import { fitDocument } from '../main/printing/fit-document.ts'
import { fitCsv, fitLineOf } from '../main/restore/fit-csv.ts'
import type { FitScope, Pair } from '../main/restore/fit-matrix.ts'
import { fitPage } from '../main/restore/fit-page.ts'
import { saveFile } from '../main/storage/save-file.ts'
import { verdictOfCell } from '../shared/compatibility/fit-matrix.ts'
import { windowFit as german } from '../shared/text/de/window-fit.ts'
import { windowFit as english } from '../shared/text/en/window-fit.ts'
import { escapeUntrusted } from '../shared/text/escape.ts'
import { formatTime } from '../shared/text/format.ts'
import { findingText, wordsIn } from '../shared/text/index.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { table, type Output } from './output.ts'
import type { CliSession, CommonOptions, RunCommand } from './session.ts'

interface FitOptions extends CommonOptions {
  readonly device?: readonly string[]
  readonly archive?: readonly string[]
  readonly csv?: string
  readonly page?: string
}

/** `fit`: every archive against every device, offline. */
export function addFitCommand(program: Command, run: RunCommand): void {
  const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]
  program
    .command('fit')
    .description('which archive fits which device, by what was last known; no device is asked')
    .option('--device <device>', 'only this device; may be given several times', several)
    .option('--archive <archive>', 'only this archive; may be given several times', several)
    .option('--csv <file>', 'write a table, one line a pair')
    .option('--page <file>', 'write a page to print (HTML)')
    .action(async (options: FitOptions) => {
      await run(options, showFit)
    })
}

async function showFit(session: CliSession, options: FitOptions): Promise<ExitCode> {
  const { ferrite, output, signal } = session
  const { language } = output
  const scope = await scopeOf(session, options)
  const pairs = (): AsyncIterable<Pair> => ferrite.fitMatrix.pairsOf(scope, signal)
  if (options.csv !== undefined)
    await saveFile(options.csv, fitCsv(pairs(), { language, isForSpreadsheet: false }), signal)
  if (options.page !== undefined) {
    const html = htmlDocument(fitDocument(await fitPage(pairs(), { language })))
    await saveFile(options.page, Buffer.from(html), signal)
  }
  const isWritten = options.csv !== undefined || options.page !== undefined
  // A person who asked for a file gets the file; a script always gets its one document.
  if (!isWritten || output.json) await tell(output, pairs())
  for (const file of [options.csv, options.page]) if (file !== undefined) output.say(file)
  return exitCodes.done
}

/** @throws FailureError `not-found`, `ambiguous-id` */
async function scopeOf({ ferrite }: CliSession, options: FitOptions): Promise<FitScope> {
  const { archive: archives, device: devices } = options
  const records = archives && (await Promise.all(archives.map(async (id) => await ferrite.vault.find(id))))
  const named =
    devices && (await Promise.all(devices.map(async (name) => await ferrite.inventory.find(name))))
  return {
    ...(records && { archiveIds: records.map(({ id }) => id) }),
    ...(named && { deviceIds: named.map(({ id }) => id) }),
  }
}

async function tell(output: Output, pairs: AsyncIterable<Pair>): Promise<void> {
  const all: Pair[] = []
  for await (const pair of pairs) all.push(pair)
  const { language } = output
  output.result({ items: all.map((pair) => itemOf(pair, output)) }, () => {
    const { verdict } = wordsIn(language)
    const { page } = language === 'de' ? german : english
    const head = [page.archiveColumn, page.device, page.verdict, page.identityReadAt, page.reason]
    const rows = all.map(({ archive: { record }, device, kind, deciding }) => [
      record.id,
      escapeUntrusted(device.device.name),
      verdict[verdictOfCell(kind)],
      device.target ? formatTime(device.target.readAt, language).local : page.neverRead,
      deciding ? `${deciding.rule}: ${findingText(deciding, language).title}` : '',
    ])
    return table([head, ...rows])
  })
}

/** The JSON form: the fields of the CSV, and both values with where they come from. */
function itemOf(pair: Pair, { language }: Output) {
  const { archiveValue, deviceValue } = pair.deciding ?? {}
  return { ...fitLineOf(pair, language), archiveValue, deviceValue }
}
