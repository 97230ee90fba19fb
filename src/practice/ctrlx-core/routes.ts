import { dataLayerRoutes } from './data-layer.ts'
import { identityManagerRoutes } from './identity-manager.ts'
import { legacyBackupRoutes } from './legacy-backup.ts'
import { packageManagerRoutes } from './package-manager.ts'
import type { Route } from './route.ts'
import { setupRoutes } from './setup/setup-api.ts'
import { storageAndLicenceRoutes } from './storage-and-licences.ts'
import { systemRoutes } from './system.ts'

/** Everything that the device answers, over all releases. */
export const routes: readonly Route[] = [
  ...identityManagerRoutes,
  ...systemRoutes,
  ...packageManagerRoutes,
  ...storageAndLicenceRoutes,
  ...dataLayerRoutes,
  ...setupRoutes,
  ...legacyBackupRoutes,
]
