// First, so that its order of layers holds for every style after it.
import '../../../src/renderer/styles/index.css'
import { createRoot } from 'react-dom/client'
import { App } from '../../../src/renderer/app.tsx'
import { startLive } from '../../../src/renderer/live.ts'
import { go } from '../../../src/renderer/navigation.ts'
import { openDialog } from '../../../src/renderer/stores/dialogs.ts'
import { applySettings } from '../../../src/renderer/stores/settings.ts'
import type { Job } from '../../../src/shared/model/job.ts'
import { Plant } from '../support/plant.ts'
import { sampleDeviceId, sampleDevices, sampleJob, sampleTransfer } from '../support/samples.ts'

/** The whole window over a simulated plant: `?devices=60&jobs=1&theme=dark&language=de&keychain=weak&view=settings`. */
const query = new URLSearchParams(location.search)

const jobs: readonly Job[] = [
  sampleJob(7, {
    phase: 'failed',
    failure: { code: 'device-silent', address: 'https://192.168.0.7', phase: 'transferring', seconds: 30 },
  }),
  sampleJob(6, {
    phase: 'failed',
    failure: {
      code: 'pin-changed',
      address: 'https://192.168.0.6',
      pinKind: 'tls',
      pinned: 'aa',
      offered: 'bb',
    },
  }),
  sampleJob(3, { phase: 'done', result: { kind: 'none' } }, { kind: 'probe' }),
  sampleJob(5, { phase: 'cancelled' }),
  sampleJob(8, sampleTransfer(0.42)),
  sampleJob(1, { phase: 'queued' }),
  sampleJob(12, sampleTransfer(0.86, query.get('sealed') === null), { kind: 'restore' }),
]

const plant = new Plant({
  devices: sampleDevices(Number(query.get('devices') ?? '60')),
  jobs: query.has('jobs') ? jobs : [],
  settings: {
    language: query.get('language') === 'de' ? 'de' : 'en',
    theme: query.get('theme') === 'dark' ? 'dark' : 'light',
  },
  isKeychainUsable: query.get('keychain') !== 'weak',
  stepMs: Number(query.get('step') ?? '600'),
})
Object.assign(window, { ferrite: plant.main, plant })
const settings = await plant.main.request('settings.read', undefined)
if (settings.ok) applySettings(settings.value)
startLive()
const view = query.get('view')
if (view === 'archives' || view === 'activity' || view === 'settings') go({ view })
if (query.has('device')) go({ view: 'devices', deviceId: sampleDeviceId(Number(query.get('device'))) })
const dialog = query.get('dialog')
const deviceIds = [sampleDeviceId(8)]
if (dialog === 'add-device' || dialog === 'palette') openDialog({ kind: dialog })
if (dialog === 'back-up' || dialog === 'remove-devices') openDialog({ kind: dialog, deviceIds })
if (dialog === 'changed-pin' || dialog === 'edit-device')
  openDialog({ kind: dialog, deviceId: sampleDeviceId(8) })
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App />)
