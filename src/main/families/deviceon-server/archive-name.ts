/** `Backup_YYYYMMDD_HHMMZ.zip`, as the vendor's page on System Backup writes it; case does not matter on Windows. */
const exactName = /^Backup_(\d{8})_(\d{4})Z\.zip$/i
/** A copy keeps the name inside its own: `Backup_20261120_0200Z (1).zip`. */
const nameWithin = /Backup_(\d{8})_(\d{4})Z/i

/** True for the very name that a server gives. */
export function isBackupName(fileName: string): boolean {
  return exactName.test(fileName) && madeAt(fileName) !== undefined
}

/** True where the name, or the name it was copied from, is one that a server gives. */
export function holdsBackupName(fileName: string): boolean {
  return madeAt(fileName) !== undefined
}

/** When the backup was made (ISO 8601). That the trailing Z stands for UTC is inferred, not documented. */
export function madeAt(fileName: string): string | undefined {
  const [, date = '', time = ''] = nameWithin.exec(fileName) ?? []
  if (date === '') return undefined
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6, 8)]
  const text = `${year}-${month}-${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:00.000Z`
  const found = new Date(text)
  // 31 February would become a day in March.
  return Number.isNaN(found.getTime()) || found.toISOString() !== text ? undefined : text
}

/** The name that the recovery tool is shown: that of the server, whatever a copy was called. */
export function serverName(fileName: string): string | undefined {
  const [found] = nameWithin.exec(fileName) ?? []
  return found === undefined ? undefined : `${found}.zip`
}
