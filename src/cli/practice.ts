import { join } from 'node:path'
import type { Command } from 'commander'
import { defaultHome } from '../main/settings/home.ts'
import { startFleet, type FleetItem } from '../practice/fleet.ts'
import { exitCodes } from './exit-codes.ts'
import { table } from './output.ts'
import type { CommonOptions, RunCommand } from './session.ts'

interface PracticeOptions extends CommonOptions {
  readonly fleet?: string
}

/** `practice start`: runs the simulated devices in the foreground until Ctrl-C. */
export function addPracticeCommands(program: Command, run: RunCommand): void {
  program
    .command('practice')
    .description('simulated devices for rehearsal')
    .command('start')
    .description('start them and print how to reach them')
    .option('--fleet <folder>', 'where they keep their state')
    .action(async (options: PracticeOptions) => {
      await run(options, async ({ output, signal }, all) => {
        const folder = all.fleet ?? join(all.home ?? defaultHome(), 'practice')
        const fleet = await startFleet({ folder })
        try {
          const { items } = fleet
          // One line, so that a script can read it while the devices keep running.
          if (output.json) process.stdout.write(`${JSON.stringify({ items })}\n`)
          else output.result(items, () => fleetText(items))
          await untilAborted(signal)
        } finally {
          await fleet.stop()
        }
        return exitCodes.done
      })
    })
}

function fleetText(items: readonly FleetItem[]): string {
  const columns = ['name', 'family', 'address', 'user', 'password', 'fingerprint'] as const
  return table([[...columns], ...items.map((item) => columns.map((column) => item[column]))])
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve()
    })
  })
}
