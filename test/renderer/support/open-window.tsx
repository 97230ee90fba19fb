import { render } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { onTestFinished } from 'vitest'
import type { StoreApi } from 'zustand/vanilla'
import { App } from '../../../src/renderer/app.tsx'
import { startLive } from '../../../src/renderer/live.ts'
import { navigation } from '../../../src/renderer/navigation.ts'
import { activityList } from '../../../src/renderer/features/activity/activity-list.ts'
import { archiveList } from '../../../src/renderer/features/archives/archive-list.ts'
import { deviceList } from '../../../src/renderer/features/devices/device-list.ts'
import { jobTrayState } from '../../../src/renderer/features/jobs/job-tray-state.ts'
import { annotationsStore } from '../../../src/renderer/stores/annotations.ts'
import { archivesStore } from '../../../src/renderer/stores/archives.ts'
import { devicesStore } from '../../../src/renderer/stores/devices.ts'
import { dialogsStore } from '../../../src/renderer/stores/dialogs.ts'
import { dragStore } from '../../../src/renderer/stores/drag.ts'
import { jobsStore } from '../../../src/renderer/stores/jobs.ts'
import { messages } from '../../../src/renderer/stores/messages.ts'
import { proceduresStore } from '../../../src/renderer/stores/procedures.ts'
import { refusedStore } from '../../../src/renderer/stores/refused.ts'
import { searchStore } from '../../../src/renderer/stores/search.ts'
import { applySettings, settingsStore } from '../../../src/renderer/stores/settings.ts'
import type { FakeMain } from './fake-main.ts'
import { Plant, type PlantOptions } from './plant.ts'

const stores: readonly Pick<StoreApi<unknown>, 'setState' | 'getInitialState'>[] = [
  navigation,
  activityList,
  archiveList,
  deviceList,
  jobTrayState,
  annotationsStore,
  archivesStore,
  devicesStore,
  dialogsStore,
  dragStore,
  jobsStore,
  proceduresStore,
  refusedStore,
  searchStore,
  settingsStore,
]

/** Lets the window's files speak with a fake main, with every store as it is when the window opens. */
export function connect(main: FakeMain): void {
  for (const store of stores) store.setState(store.getInitialState(), true)
  Object.assign(window, { ferrite: main })
}

/** The whole window over a plant whose devices answer at once. */
export async function openWindow(
  options: PlantOptions,
): Promise<{ readonly plant: Plant; readonly main: FakeMain; readonly user: UserEvent }> {
  const plant = new Plant({ stepMs: 1, ...options })
  connect(plant.main)
  const settings = await plant.main.request('settings.read', undefined)
  if (settings.ok) applySettings(settings.value)
  onTestFinished(startLive())
  onTestFinished(() => {
    for (const { key } of messages.queue.visibleToasts) messages.queue.close(key)
  })
  render(<App />)
  return { plant, main: plant.main, user: userEvent.setup() }
}
