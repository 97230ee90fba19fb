import { listen, request } from './api.ts'
import { applyAnnotations } from './stores/annotations.ts'
import { applyArchives } from './stores/archives.ts'
import { applyDevices } from './stores/devices.ts'
import { applyJob, applyJobs } from './stores/jobs.ts'
import { applyProcedure, applyProcedures } from './stores/procedures.ts'
import { applyRefused } from './stores/refused.ts'
import { applySearch } from './stores/search.ts'
import { applyFacts, applySettings } from './stores/settings.ts'

/**
 * The one place where the window hears of main: loads every store once and keeps it up to date until the returned
 * function is called.
 */
export function startLive(): () => void {
  const loadDevices = once(async () => applyDevices(await request('devices.list')))
  const loadArchives = once(async () => applyArchives(await request('archives.list')))
  const loadRefused = once(async () => applyRefused(await request('refused.list')))
  const loadAnnotations = once(async () => applyAnnotations(await request('annotations.list')))
  const stops = [
    listen('annotations.changed', loadAnnotations),
    listen('jobs.changed', applyJob),
    listen('devices.changed', loadDevices),
    // The number of archives of a device and its last backup come with the devices.
    listen('archives.changed', () => {
      loadArchives()
      loadRefused()
      loadDevices()
    }),
    listen('settings.changed', applySettings),
    listen('procedures.changed', applyProcedure),
    listen('search.changed', applySearch),
  ]
  loadDevices()
  loadArchives()
  loadRefused()
  loadAnnotations()
  void loadJobs()
  void reloadProcedures()
  void reloadFacts()
  return () => {
    for (const stop of stops) stop()
  }
}

/** Loads the archives again, where a person asks for it: another program may have changed the vault. */
export async function reloadArchives(): Promise<void> {
  applyArchives(await request('archives.list'))
}

/** Loads the devices again. */
export async function reloadDevices(): Promise<void> {
  applyDevices(await request('devices.list'))
}

/** Loads the guided restores again: the command line may have gone on with one. */
export async function reloadProcedures(): Promise<void> {
  applyProcedures(await request('procedures.list'))
}

/** Loads the facts about this installation again. */
export async function reloadFacts(): Promise<void> {
  applyFacts(await request('app.facts'))
}

async function loadJobs(): Promise<void> {
  const result = await request('jobs.list')
  // Without the list, jobs appear with their next snapshot.
  if (result.ok) applyJobs(result.value)
}

/** Runs `load` at most once at a time; what is asked for meanwhile is one more run after it. */
function once(load: () => Promise<void>): () => void {
  let state: 'idle' | 'running' | 'again' = 'idle'
  const run = async (): Promise<void> => {
    state = 'running'
    await load()
    const isAskedAgain = (state as 'running' | 'again') === 'again'
    state = 'idle'
    if (isAskedAgain) await run()
  }
  return () => {
    if (state === 'idle') void run()
    else state = 'again'
  }
}
