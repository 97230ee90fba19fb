import type { FamilyId } from '../../shared/model/family-id.ts'
import type { ArchiveReader } from './archive-reader.ts'
import * as ctrlxCore from './ctrlx-core/archive.ts'
import { lenses as ctrlxCoreLenses } from './ctrlx-core/lens.ts'
import { noise as ctrlxCoreNoise } from './ctrlx-core/noise.ts'
import { settings as ctrlxCoreSettings } from './ctrlx-core/settings.ts'
import * as deviceonServer from './deviceon-server/archive.ts'
import { lenses as deviceonServerLenses } from './deviceon-server/lens.ts'
import * as endpointProtector from './endpoint-protector/archive.ts'
import * as linuxHost from './linux-host/archive.ts'
import { lenses as linuxHostLenses } from './linux-host/lens.ts'
import { noise as linuxHostNoise } from './linux-host/noise.ts'
import * as nodeRed from './node-red/archive.ts'
import { lenses as nodeRedLenses } from './node-red/lens.ts'
import { noise as nodeRedNoise } from './node-red/noise.ts'

const readers: Readonly<Record<FamilyId, ArchiveReader>> = {
  'ctrlx-core': { ...ctrlxCore, lenses: ctrlxCoreLenses, noise: ctrlxCoreNoise, settings: ctrlxCoreSettings },
  'deviceon-server': { ...deviceonServer, lenses: deviceonServerLenses },
  'endpoint-protector': endpointProtector,
  'linux-host': { ...linuxHost, lenses: linuxHostLenses, noise: linuxHostNoise },
  'node-red': { ...nodeRed, lenses: nodeRedLenses, noise: nodeRedNoise },
}

/** The table of readers, apart from that of families: the parser process has no use for sessions and transports. */
export function archiveReaderOf(id: FamilyId): ArchiveReader {
  return readers[id]
}
