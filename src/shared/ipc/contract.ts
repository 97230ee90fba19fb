import { z } from '../schema.ts'
import { activityEntrySchema } from '../model/activity.ts'
import {
  deviceDraftSchema,
  deviceFactsSchema,
  deviceIdSchema,
  deviceNameSchema,
  deviceRoles,
} from '../model/device.ts'
import { fitSchema } from '../model/finding.ts'
import { familyIdSchema } from '../model/family-id.ts'
import { jobIdSchema, jobSchema } from '../model/job.ts'
import { pinOfferSchema } from '../model/pin-offer.ts'
import { archiveIdSchema } from '../model/record.ts'
import { restoreOptionsSchema, restorePlanSchema, restoreReportSchema } from '../model/restore.ts'
import { scopeSchema } from '../model/scope.ts'
import { settingsSchema } from '../model/settings.ts'
import { languages } from '../text/language.ts'
import { procedureSchema } from '../model/procedure.ts'
import { annotationRequests } from './requests/annotation-requests.ts'
import { fitRequests } from './requests/fit-requests.ts'
import { keyRequests } from './requests/key-requests.ts'
import { browseRequests, dragRequests } from './requests/browse-requests.ts'
import { lensRequests } from './requests/lens-requests.ts'
import { compareRequests } from './requests/compare-requests.ts'
import { bridgeRequests } from './requests/bridge-requests.ts'
import { procedureRequests } from './requests/procedure-requests.ts'
import { searchEvents, searchRequests } from './requests/search-requests.ts'
import { refusedRequests } from './requests/refused-requests.ts'
import { request } from './requests/request.ts'
import { appFactsSchema, archiveListSchema, deviceFitSchema, deviceViewSchema } from './views.ts'

const nothing = z.void()
const shortText = z.string().max(500)
const secret = z.string().min(1).max(2000)
const offerId = pinOfferSchema.unwrap().shape.offerId
const planId = restorePlanSchema.unwrap().shape.id

/**
 * Every request the window may make: what it sends, what it gets. The whole conversation is said here and
 * nowhere else; handlers, preload and renderer are typed from it. No request carries a path, an address to
 * open, or a command: the window speaks in ids, and files are chosen in dialogs that main opens.
 */
export const requests = {
  'app.facts': request(nothing, appFactsSchema),
  'settings.read': request(nothing, settingsSchema),
  'settings.change': request(
    z.strictObject({
      language: z.enum(languages).optional(),
      theme: z.enum(['system', 'light', 'dark']).optional(),
    }),
    settingsSchema,
  ),
  'clipboard.write': request(z.strictObject({ text: z.string().max(10_000) }), nothing),
  'help.open': request(z.strictObject({ page: z.enum(['ctrlx-interface', 'source']) }), nothing),

  'devices.list': request(nothing, z.array(deviceViewSchema).readonly()),
  /** Connects without credentials and gives the fingerprint to compare. Stores nothing. */
  'devices.offer': request(deviceDraftSchema, pinOfferSchema),
  'devices.add': request(
    z.strictObject({ draft: deviceDraftSchema, offerId, compared: z.boolean() }),
    deviceViewSchema,
  ),
  'devices.change': request(
    z.strictObject({
      id: deviceIdSchema,
      name: deviceNameSchema.optional(),
      user: z.string().max(200).optional(),
      tags: z.array(z.string().min(1).max(60)).readonly().optional(),
      facts: deviceFactsSchema.readonly().optional(),
      role: z.enum(deviceRoles).optional(),
    }),
    deviceViewSchema,
  ),
  'devices.remove': request(z.strictObject({ id: deviceIdSchema }), nothing),
  'devices.offerPin': request(z.strictObject({ id: deviceIdSchema }), pinOfferSchema),
  /** Replacing a changed pin takes the last eight characters of the new fingerprint, typed by a person. */
  'devices.acceptPin': request(
    z.strictObject({ id: deviceIdSchema, offerId, lastEight: z.string().max(20), compared: z.boolean() }),
    deviceViewSchema,
  ),
  /** Looks at another address for a device, without credentials. Stores nothing. */
  'devices.offerMove': request(
    z.strictObject({ id: deviceIdSchema, address: z.string().min(1).max(300) }),
    pinOfferSchema,
  ),
  /** The device answers there from now on; takes the last eight characters of what the address shows, typed by a person. */
  'devices.move': request(
    z.strictObject({ id: deviceIdSchema, offerId, lastEight: z.string().max(20), compared: z.boolean() }),
    nothing,
  ),
  /** Opens a folder dialog for the folder that the device writes its backups to; false where the person closed it. */
  'devices.chooseFolder': request(z.strictObject({ id: deviceIdSchema }), z.boolean()),
  'devices.probe': request(z.strictObject({ id: deviceIdSchema }), jobIdSchema),
  'credentials.give': request(
    z.strictObject({ id: deviceIdSchema, password: secret, remember: z.boolean() }),
    z.object({ stored: z.boolean() }).readonly(),
  ),
  'credentials.forget': request(z.strictObject({ id: deviceIdSchema }), nothing),

  'backup.scope': request(z.strictObject({ id: deviceIdSchema }), scopeSchema),
  'backup.start': request(
    z.strictObject({
      id: deviceIdSchema,
      parts: z.array(shortText).max(1000).readonly().optional(),
      password: secret.optional(),
      note: z.string().max(2000).optional(),
    }),
    jobIdSchema,
  ),

  'archives.list': request(nothing, archiveListSchema),
  'archives.verify': request(z.strictObject({ archiveId: archiveIdSchema }), jobIdSchema),
  /** Opens a file dialog; `undefined` where the person closed it. */
  'archives.import': request(
    z.strictObject({ family: familyIdSchema.optional(), deviceId: deviceIdSchema.optional() }),
    jobIdSchema.optional(),
  ),
  /** Opens a save dialog; false where the person closed it. */
  'archives.export': request(z.strictObject({ archiveId: archiveIdSchema }), z.boolean()),

  ...browseRequests,
  ...dragRequests,
  ...lensRequests,
  ...compareRequests,
  ...searchRequests,
  ...refusedRequests,

  /** Offline, from the last known identity. */
  'fit.check': request(z.strictObject({ archiveId: archiveIdSchema, deviceId: deviceIdSchema }), fitSchema),
  'fit.devices': request(z.strictObject({ archiveId: archiveIdSchema }), z.array(deviceFitSchema).readonly()),

  /** Connects, reads the identity now and makes the plan. Changes nothing on the device. */
  'restore.plan': request(
    z.strictObject({ archiveId: archiveIdSchema, deviceId: deviceIdSchema, options: restoreOptionsSchema }),
    restorePlanSchema,
  ),
  /** Shows main's own confirmation with the plan's facts; the token is for this plan, single use and short-lived. */
  'restore.confirm': request(
    z.strictObject({ planId, typedName: z.string().max(200) }),
    z.object({ token: z.string() }).readonly(),
  ),
  'restore.start': request(
    z.strictObject({ planId, token: z.string().max(200), password: secret.optional() }),
    jobIdSchema,
  ),
  'restore.reports': request(nothing, z.array(restoreReportSchema).readonly()),

  'jobs.list': request(nothing, z.array(jobSchema).readonly()),
  /** False where the job has ended or may not be cancelled any more. */
  'jobs.cancel': request(z.strictObject({ id: jobIdSchema }), z.boolean()),
  'activity.list': request(nothing, z.array(activityEntrySchema).readonly()),

  ...annotationRequests,
  ...fitRequests,
  ...keyRequests,
  ...procedureRequests,
  ...bridgeRequests,
}

export type RequestName = keyof typeof requests
export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]['input']>
/** What a handler gets: checked and with defaults filled in. */
export type RequestArgument<N extends RequestName> = z.output<(typeof requests)[N]['input']>
export type RequestOutput<N extends RequestName> = z.output<(typeof requests)[N]['output']>

/** Every event main may send: the window reloads or applies what it carries. */
export const events = {
  'jobs.changed': jobSchema,
  'devices.changed': nothing,
  'archives.changed': nothing,
  'settings.changed': settingsSchema,
  'procedures.changed': procedureSchema,
  'annotations.changed': nothing,
  ...searchEvents,
}

export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>
