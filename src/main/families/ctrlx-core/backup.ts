import { FailureError } from '../../../shared/failure.ts'
import type { Scope } from '../../../shared/model/scope.ts'
import type { BackupRequest, BackupStream } from '../family.ts'
import { hasLegacy } from './backup-api.ts'
import type { CtrlxClient } from './client.ts'
import { backUpLegacy, readLegacyScope } from './legacy-backup.ts'
import type { Interface } from './restore-handle.ts'
import { hasSetup } from './setup-api.ts'
import { backUpSetup, readSetupScope, type ScopeRequest } from './setup-backup.ts'
import type { Timing } from './timing.ts'

/** What a backup would hold now, told by whichever interface the device has. */
export async function readScope(client: CtrlxClient, request: ScopeRequest): Promise<Scope> {
  return (await interfaceOf(client, request.signal)) === 'setup'
    ? await readSetupScope(client, request)
    : await readLegacyScope(client, request)
}

/** Has the device make its file, through whichever interface it has, and opens the stream of its bytes. */
export async function backUp(
  client: CtrlxClient,
  request: BackupRequest,
  timing: Timing,
): Promise<BackupStream> {
  return (await interfaceOf(client, request.signal)) === 'setup'
    ? await backUpSetup(client, request, timing)
    : await backUpLegacy(client, request, timing)
}

/** The newer interface where there is one. */
async function interfaceOf(client: CtrlxClient, signal: AbortSignal): Promise<Interface> {
  if (await hasSetup(client, signal)) return 'setup'
  if (await hasLegacy(client, signal)) return 'legacy'
  throw new FailureError({ code: 'device-tool-missing', address: client.address, tool: 'Backup & Restore' })
}
