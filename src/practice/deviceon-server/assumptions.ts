/** Something the vendor leaves open and the simulator had to decide; a client must not rely on any of it. */
export interface Assumption {
  readonly assumed: string
  readonly reason: string
}

/**
 * What the recovery tool says. The vendor documents one of these texts: `Restore successfully`. That it asks for the
 * path of the file and waits for Enter is documented too, its words are not.
 */
export const recoveryTexts = {
  greeting: 'DeviceOn System Recovery',
  prompt: 'Please enter the path of the backup file: ',
  elevation: 'Administrator rights are required to restore this server.',
  busy: 'Another restore is under way on this server.',
  noPath: 'No backup file was given.',
  missing: (path: string) => `The backup file does not exist: ${path}`,
  damaged: 'The backup file is damaged or was not made by DeviceOn.',
  otherVersion: (made: string, installed: string) =>
    `The backup file was made by DeviceOn ${made}; this server runs DeviceOn ${installed}.`,
  otherTpm: 'The backup file cannot be decrypted with the TPM of this server.',
  noBaseline: 'This server already holds data. Run Reset to Default first.',
  steps: [
    'Stopping services...',
    'Restoring configuration...',
    'Restoring database...',
    'Starting services...',
  ],
  failedMidway: 'ERROR: duplicate key value violates unique constraint\nRestore failed',
  success: 'Restore successfully',
  pause: 'Press any key to continue . . . ',
} as const

export const assumptions: readonly Assumption[] = [
  {
    assumed: 'All words of the recovery tool but `Restore successfully`.',
    reason:
      'The manual shows the dialogue only in pictures that are not at hand; failures are not documented.',
  },
  {
    assumed: 'The recovery tool ends with 0 after a restore and with 1 after a failure.',
    reason: 'Exit codes are not documented; a fault gives any other.',
  },
  {
    assumed:
      'The recovery tool writes to the standard output alone and reads the path from the standard input.',
    reason: 'It is documented as a batch file that is double-clicked and typed into.',
  },
  {
    assumed: 'Quotation marks around the path that is typed are taken off.',
    reason: 'Windows copies paths with them; the manual does not say.',
  },
  {
    assumed: 'Version, TPM and clean baseline are checked in this order, before anything is changed.',
    reason:
      'The manual demands all three and says nothing of checks; a server without a baseline can be started to fail half way instead.',
  },
  {
    assumed: 'The recovery tool goes on when the connection goes away once it has the path.',
    reason: 'Not documented for either system; a fault lets it die instead.',
  },
  {
    assumed: 'The login over SSH may run the recovery tool unless a fault says that rights are missing.',
    reason:
      'Windows gives members of the administrators a full token over SSH; the need for one is not documented.',
  },
  {
    assumed: 'The tool does not wait for a key at its end unless the server was started so.',
    reason: 'Not documented; batch files that are double-clicked often do.',
  },
  {
    assumed: 'There is a recovery tool on Ubuntu, with the same dialogue.',
    reason: 'The vendor documents none for Linux; without one that edition could not be practised.',
  },
  {
    assumed: 'A backup is a zip of dumps of PostgreSQL, the files of the configuration and one opaque file.',
    reason: 'The inner structure is not documented; its scope is.',
  },
  {
    assumed: 'Version and TPM of a backup can be read by nobody but the recovery tool.',
    reason: 'No mark in the file is documented, so a client must not find one here.',
  },
  {
    assumed: 'With the TPM in use the files inside are encrypted, and the zip around them is not.',
    reason:
      'The vendor says that backup file data is encrypted; a client has to cope with entries it cannot read.',
  },
  {
    assumed:
      'Server_Config.xml lies in `etc\\deviceon` of the Windows folder; backups lie in `D:\\DeviceOn\\Backup` or `/var/backups/deviceon`.',
    reason: 'The folder of the configuration is documented for Linux, a folder of backups for neither.',
  },
  {
    assumed:
      '`Reset to Default` brings back the portal account made at installation; a restore brings those of the backup.',
    reason: 'The tool keeps installation settings, and accounts are part of the relational database.',
  },
  {
    assumed: '`GET /rmm/v1/appinfo/version` answers `{"version":"5.3.12"}` and wants a login.',
    reason: 'The path is known from client code, its answer is not.',
  },
  {
    assumed:
      '`GET /rmm/v1/accounts/login` answers `result` as true, `aid` as a number and `sessionId` as text.',
    reason: 'The names are known from client code, their types are not.',
  },
  {
    assumed: 'With two-factor authentication every login by name and password alone is answered with 401.',
    reason: 'That such a login may fail is all that is known.',
  },
  {
    assumed: 'The portal answers nobody while the recovery tool restores.',
    reason: 'The databases it works on cannot be replaced under it; how the tool does it is not documented.',
  },
]
