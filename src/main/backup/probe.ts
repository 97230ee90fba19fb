import type { Device } from '../../shared/model/device.ts'
import type { JobResult } from '../../shared/model/job.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { JobContext } from '../jobs/runner.ts'
import { connectTo, type ConnectNeeds } from './connect.ts'

/** The use case "read the identity now": it is stored with its time and where each fact came from. */
export function createProbe(needs: ConnectNeeds & { readonly inventory: Inventory }) {
  return (device: Device) =>
    async (context: JobContext): Promise<JobResult> => {
      context.report({ phase: 'connecting', bytesDone: 0 })
      await using session = await connectTo(needs, device, context.signal)
      context.report({ phase: 'reading-identity', bytesDone: 0 })
      await needs.inventory.learn(device.id, await session.identify(context.signal))
      return { kind: 'none' }
    }
}
