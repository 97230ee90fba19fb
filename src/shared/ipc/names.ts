import type { EventName, RequestName } from './contract.ts'

// The preload needs the names and must stay small, so it cannot import the schemas. A name that is missing here, or is
// not in the contract, does not compile.
const requests = {
  'app.facts': true,
  'settings.read': true,
  'settings.change': true,
  'clipboard.write': true,
  'help.open': true,
  'devices.list': true,
  'devices.offer': true,
  'devices.add': true,
  'devices.change': true,
  'devices.remove': true,
  'devices.offerPin': true,
  'devices.acceptPin': true,
  'devices.offerMove': true,
  'devices.move': true,
  'devices.chooseFolder': true,
  'devices.probe': true,
  'credentials.give': true,
  'credentials.forget': true,
  'backup.scope': true,
  'backup.start': true,
  'archives.list': true,
  'archives.verify': true,
  'archives.import': true,
  'archives.export': true,
  'browse.open': true,
  'browse.folder': true,
  'browse.find': true,
  'browse.preview': true,
  'browse.bytes': true,
  'browse.extract': true,
  'compare.archives': true,
  'compare.entry': true,
  'fit.check': true,
  'fit.devices': true,
  'fit.summary': true,
  'fit.matrix': true,
  'fit.export': true,
  'restore.plan': true,
  'restore.confirm': true,
  'restore.start': true,
  'restore.reports': true,
  'jobs.list': true,
  'jobs.cancel': true,
  'activity.list': true,
  'annotations.list': true,
  'annotations.state': true,
  'keys.kept': true,
  'keys.give': true,
  'keys.copy': true,
  'keys.forget': true,
  'keys.sheet': true,
  'bridge.plan': true,
  'bridge.files': true,
  'bridge.confirm': true,
  'bridge.start': true,
  'procedures.list': true,
  'procedures.start': true,
  'procedures.run': true,
  'procedures.confirm': true,
  'procedures.abandon': true,
  'procedures.aid': true,
} satisfies Record<RequestName, true>

const events = {
  'jobs.changed': true,
  'devices.changed': true,
  'archives.changed': true,
  'settings.changed': true,
  'procedures.changed': true,
  'annotations.changed': true,
} satisfies Record<EventName, true>

/** The channels of the bridge; nothing else passes. */
export const requestNames: ReadonlySet<string> = new Set(Object.keys(requests))
export const eventNames: ReadonlySet<string> = new Set(Object.keys(events))

/** Takes the places of files that a person dropped on the window; only the preload sends it. */
export const droppedFilesChannel = 'files.dropped'
