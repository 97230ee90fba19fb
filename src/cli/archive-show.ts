import type { Command } from 'commander'
import { restorabilityOf } from '../shared/model/annotations.ts'
import { cautiousLimitBytes } from '../shared/model/endpoint-protector-size.ts'
import { proofLimits } from '../shared/model/proof-limits.ts'
import type { ArchiveRecord } from '../shared/model/record.ts'
import { forecastSize, pastSizes, type SizeForecast } from '../shared/size-forecast.ts'
import { sizeForecastText as german } from '../shared/text/de/size-forecast.ts'
import { sizeForecastText as english } from '../shared/text/en/size-forecast.ts'
import { verdictLines } from '../shared/text/verdict-text.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import type { CliSession, CommonOptions, RunCommand } from './session.ts'

const sizeWords = { en: english, de: german }

/** `archive show`: the record, what was stated of its source, how far it is proven, what is held back, what its size foresees. */
export function addShowCommand(archive: Command, run: RunCommand): void {
  archive
    .command('show <archive>')
    .description('the record of an archive, what was stated of its source, and how far it is proven')
    .action(async (id: string, options: CommonOptions) => {
      await run(options, async (session) => await show(session, id))
    })
}

async function show({ ferrite, output }: CliSession, id: string): Promise<ExitCode> {
  const record = await ferrite.vault.find(id)
  const annotations = await ferrite.annotations.of(record.id)
  const { stated, proofs } = annotations
  const limits = proofLimits(record, await ferrite.inventory.list())
  const restorability = restorabilityOf(record, annotations)
  const sizeForecast = forecastOf(record, (await ferrite.vault.list()).records)
  const shown = { ...record, stated, restorability, proofs, limits, ...(sizeForecast && { sizeForecast }) }
  output.result(shown, () => JSON.stringify(shown, undefined, 2))
  if (record.verdict?.verdict === 'view' && !output.json)
    output.say(verdictLines(record, output.language).join('\n'))
  if (sizeForecast && !output.json) output.say(sizeWords[output.language](sizeForecast))
  return exitCodes.done
}

/** Only one family's server has a limit. */
function forecastOf(record: ArchiveRecord, records: readonly ArchiveRecord[]): SizeForecast | undefined {
  if (record.family !== 'endpoint-protector') return undefined
  return forecastSize(pastSizes(record, records), cautiousLimitBytes)
}
