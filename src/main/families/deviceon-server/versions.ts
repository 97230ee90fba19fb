import { compareVersions } from '../../../shared/compatibility/version.ts'

/** The first release with System Backup and TPM encryption (release notes 5.2.4). */
export const firstWithBackup = '5.2.4'

/** The first release with the Server Migration tool (manual, server management tools). */
export const firstWithMigration = '4.4.2'

/** The first release to which agents before 1.4.50 cannot connect (release notes 5.3.12). */
export const firstForNewAgents = '5.3.12'

/** Where an upgrade has to stop on its way (release notes 5.2.4 and 5.3.12: the steps of MongoDB). */
const stops = [
  { below: '4.5.5', stop: '5.1.2' },
  { below: '5.2.4', stop: '5.2.4' },
] as const

/** The versions to install one after the other, to come from one to a newer one; ends with `to`. */
export function routeTo(from: string, to: string): readonly string[] {
  const way = stops
    .filter(({ below, stop }) => compareVersions(from, below) < 0 && compareVersions(stop, to) < 0)
    .map(({ stop }) => stop)
  return compareVersions(from, to) < 0 ? [...way, to] : []
}
