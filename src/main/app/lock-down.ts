import { app, protocol, session, type Session } from 'electron'
import { answer, type Bundle } from './bundle.ts'
import { isOwnScheme, ownScheme } from './policy.ts'
import { PrintShelf } from './print-shelf.ts'

/** Must run before the app is ready. Service workers and fetch stay off: the window asks main, nobody else. */
export function registerOwnScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: ownScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: false, allowServiceWorkers: false },
    },
  ])
}

/** The window's session: in memory only, answers from the bundle and the shelf, no permission, no network. */
export function lockedSession(bundle: Bundle, shelf: PrintShelf = new PrintShelf()): Session {
  const locked = session.fromPartition('ferrite', { cache: false })
  locked.protocol.handle(ownScheme, ({ method, url }) =>
    answer(bundle, method, url, (path) => shelf.take(path)),
  )
  for (const one of [locked, session.defaultSession]) lockDown(one)
  return locked
}

function lockDown(one: Session): void {
  one.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false)
  })
  one.setPermissionCheckHandler(() => false)
  one.setDevicePermissionHandler(() => false)
  one.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !isOwnScheme(url) })
  })
}

/** The window never decides on certificates or logins of devices; what asks anyway is refused. */
export function refuseForeignTrust(): void {
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => {
    event.preventDefault()
    decide(false)
  })
  app.on('select-client-certificate', (event) => {
    event.preventDefault()
  })
  app.on('login', (event) => {
    event.preventDefault()
  })
}
