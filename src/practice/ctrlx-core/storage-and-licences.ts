import { readdirSync } from 'node:fs'
import { json } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Call, Route } from './route.ts'

export const storageAndLicenceRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/storage/api/v1/media', access: 'login', handle: listMedia },
  {
    method: 'GET',
    pattern: '/license-manager/api/v1/capabilities',
    access: 'login',
    handle: listCapabilities,
  },
  { method: 'GET', pattern: '/license-manager/api/v1/information', access: 'login', handle: readLicenceMode },
]

function listMedia({ device }: Call): Answer {
  const { diskBytes } = device.model
  const internal = {
    uuid: device.state.identity.uuid.toLowerCase(),
    label: 'writable',
    device: 'mmcblk0p6',
    mounted: true,
    internal: true,
    format: 'ext4',
    size: diskBytes,
    filesystemSize: diskBytes,
    used: Math.max(0, diskBytes - device.freeBytes),
  }
  const external = readdirSync(device.folders.media).map((name) => ({
    uuid: `practice-${name}`,
    label: name,
    device: name,
    mounted: true,
    internal: false,
    format: 'fat32',
    assignment: 'data-exchange',
    mountPoint: `/media/${name}`,
    size: 8_000_000_000,
    filesystemSize: 8_000_000_000,
    used: 0,
  }))
  return json(200, [internal, ...external])
}

/** One permanent licence for every enabled user app. Licences are never part of a backup. */
function listCapabilities({ device }: Call): Answer {
  return json(
    200,
    device.state.apps
      .filter((app) => app.appType === 'app' && app.enabled)
      .map((app) => ({
        name: `SWL-XC-${app.name.toUpperCase()}`,
        title: `Licence for ${app.title}`,
        app: app.name,
        description: '',
        version: app.version,
        count: 1,
        availableCount: 0,
        isPermanent: true,
        startDate: '2024-01-01T00:00:00Z',
        finalExpirationDate: '2099-12-31T00:00:00Z',
        startsInSeconds: 0,
        expiresInSeconds: 0,
        origin: 'device',
      })),
  )
}

function readLicenceMode({ device }: Call): Answer {
  return json(200, {
    mode: device.model.isVirtual ? '4H_ENGINEERING_LICENSE' : 'NORMAL_OPERATION',
    remainingTime: device.model.isVirtual ? Math.max(0, 14_400 - device.uptimeSeconds) : 0,
  })
}
