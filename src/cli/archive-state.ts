import type { Command } from 'commander'
import { FailureError } from '../shared/failure.ts'
import type { Annotations } from '../shared/model/annotations.ts'
import { formatTime } from '../shared/text/format.ts'
import { exitCodes } from './exit-codes.ts'
import { collect, readFacts } from './facts.ts'
import { table, type Output } from './output.ts'
import type { CommonOptions, RunCommand } from './session.ts'

interface StateOptions extends CommonOptions {
  readonly fact: readonly string[]
}

/** `archive state`: what only a person can know of the device an archive came from. */
export function addStateCommand(archive: Command, run: RunCommand): void {
  archive
    .command('state <archive>')
    .description('state what only a person can know of the source; an empty value takes it back')
    .option('--fact <k=v>', 'a fact (again for more)', collect, [])
    .action(async (id: string, options: StateOptions) => {
      await run(options, async ({ ferrite, output }, { fact }) => {
        if (fact.length === 0)
          throw new FailureError({ code: 'bad-input', field: 'fact', reason: 'is missing' })
        const record = await ferrite.vault.find(id)
        const annotations = await ferrite.stateFacts(record.id, readFacts(fact))
        output.result(annotations, () => statedText(annotations, output))
        return exitCodes.done
      })
    })
}

function statedText({ stated }: Annotations, { language }: Output): string {
  return table(
    Object.entries(stated).map(([name, { value, statedAt }]) => [
      name,
      value,
      formatTime(statedAt, language).local,
    ]),
  )
}
