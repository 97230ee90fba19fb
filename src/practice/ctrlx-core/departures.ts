/**
 * Where the simulator knowingly leaves the vendor's description. The referee of the tests allows exactly these:
 * an exchange that differs in any other way fails, and so does a row that no exchange needs any more.
 */
export interface Departure {
  readonly part:
    | 'path'
    | 'request.parameters'
    | 'request.type'
    | 'request.body'
    | 'request.login'
    | 'answer.status'
    | 'answer.headers'
    | 'answer.type'
    | 'answer.body'
  readonly method: string
  /** The path template of the description, or the path of the device where it describes none. */
  readonly path: string
  /** The status it is about; every status without it. */
  readonly status?: number
  /** What the referee says must look like this; anything without it. */
  readonly detail?: RegExp
  readonly reason: string
}

const setup = '/setup/api/v1'
const system = '/system/api/v1'

export const departures: readonly Departure[] = [
  {
    part: 'request.body',
    method: 'POST',
    path: `${setup}/create`,
    detail: /\$content must be equal to one of the allowed values/,
    reason:
      "The description spells the value 'none' of $content with a comma; its own examples and devices do not.",
  },
  {
    part: 'answer.status',
    method: 'POST',
    path: `${setup}/create`,
    status: 400,
    reason: 'A body that makes no sense needs an answer; the description names none.',
  },
  {
    part: 'request.login',
    method: 'GET',
    path: `${setup}/tasks`,
    reason: 'Release notes of 4.4: without a login the task service still answers, with little.',
  },
  {
    part: 'request.login',
    method: 'GET',
    path: `${setup}/tasks/{taskId}`,
    reason: 'Release notes of 4.4: the login page shows the progress of a restore.',
  },
  {
    part: 'answer.status',
    method: 'GET',
    path: `${setup}/setups/{fileName}`,
    status: 206,
    reason: 'Whether a device serves parts of a file is not described; a practice device can be told to.',
  },
  {
    part: 'answer.status',
    method: 'GET',
    path: `${setup}/setups/{fileName}`,
    status: 416,
    reason: 'As for 206.',
  },
  ...(['info', 'typeplate', 'hostname'] as const).map((name): Departure => ({
    part: 'request.login',
    method: 'GET',
    path: `${system}/${name}`,
    reason: 'No 401 is described for it, so it is taken to be readable without a login.',
  })),
  {
    part: 'request.login',
    method: 'DELETE',
    path: '/identity-manager/api/v2/auth/token',
    reason: 'No 401 is described for it, so a logout with a dead token is a logout.',
  },
  {
    part: 'request.login',
    method: 'GET',
    path: '/identity-manager/api/v2/auth/token/validity',
    reason: 'No 401 is described for it: it says false instead.',
  },
  {
    part: 'answer.status',
    method: 'POST',
    path: '/package-manager/api/v1/packages',
    status: 409,
    reason:
      "Observed on devices: an upload outside SERVICE is refused with 409 and 'system must be in state'.",
  },
  {
    part: 'answer.body',
    method: 'GET',
    path: `${setup}/tasks/{taskId}`,
    detail: /^\/state must be (string|equal to one of the allowed values)$/,
    reason:
      'Observed on devices, and injected here as a fault: the state of a finished task reads null for a while.',
  },
  ...(['GET /identity-manager/api/v2/setup/state', 'POST /identity-manager/api/v2/setup'] as const).map(
    (operation): Departure => ({
      part: 'answer.status',
      method: operation.split(' ')[0] ?? '',
      path: operation.split(' ')[1] ?? '',
      status: 404,
      reason: 'Came with 4.6; for older releases only the description of 4.6 is at hand.',
    }),
  ),
  {
    part: 'path',
    method: 'POST',
    path: '/identity-manager/api/v1/auth/token',
    reason: 'Version 1 is what older releases have; only version 2 is described.',
  },
  {
    part: 'path',
    method: 'DELETE',
    path: '/identity-manager/api/v1/auth/token',
    reason: 'As for logging in.',
  },
  {
    part: 'path',
    method: 'PUT',
    path: '/automation/api/v1/scheduler/admin/state',
    reason: 'The older form, known from a script of the vendor.',
  },
]

/** What the vendor leaves open and the simulator had to decide; a client must not rely on any of it. */
export const assumptions: readonly string[] = [
  'The cipher of secret parts and the hash of the password are the simulator’s own.',
  'A wrong password shows in the task unless the device was started to refuse it at once with 400.',
  'System apps are listed in a setup from 3.6 on but carried by none; another version of one is an ERROR line.',
  'Setup API 1.3.0 (release 1.20) takes both `$files` of 1.2.0 and `$content` of 1.5.0.',
  'The legacy backup exists up to 2.6; its tar holds the same files as a setup; it refuses another architecture or operating system.',
  'In `restore` mode a setup without users keeps those of the device.',
  'Five failed logins lock a user for a minute, answered with the usual 401.',
  'A task that outlived a reboot can still be asked for unless the device was started to forget it.',
  'A value of `$format` other than zip and json is refused with 400: that of the encrypted zip is unknown.',
]
