import { join } from 'node:path'
import log from 'electron-log/main.js'
import type { IncidentLog } from '../jobs/to-failure.ts'

const largestBytes = 10 * 1024 * 1024

/** The log file of what nobody foresaw: rotates at 10 MiB and never holds what a device or a person sent. */
export function createIncidentLog(home: string): IncidentLog {
  log.transports.file.resolvePathFn = () => join(home, 'logs', 'ferrite.log')
  log.transports.file.maxSize = largestBytes
  log.transports.console.level = false
  log.errorHandler.startCatching({ showDialog: false })
  return (incident, error) => {
    log.error(incident, error)
  }
}
