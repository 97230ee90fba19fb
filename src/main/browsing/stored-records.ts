import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { SearchScope } from '../../shared/model/search.ts'
import type { Catalog } from '../catalog/catalog.ts'

/** The archives of a scope, the newest first. @throws FailureError `not-found`, and as `Vault.list` */
export async function recordsIn(catalog: Catalog, scope: SearchScope): Promise<readonly ArchiveRecord[]> {
  // The command line begins without a list, and so does a window that has only just started.
  if (catalog.all().length === 0) await catalog.refresh()
  switch (scope.kind) {
    case 'archive':
      return [catalog.get(scope.archiveId)]
    case 'device':
      return catalog.ofDevice(scope.deviceId)
    case 'vault':
      return catalog.all()
  }
}
