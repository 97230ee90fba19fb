import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { addDevice, ask, backUp, hostOf, itemOf } from './bridge.ts'
import { expect, test } from './ferrite.ts'
import { addByHand, openView, rowOf } from './steps.ts'

const startPage = 'app://ui/index.html'

/** A server on loopback that counts whoever knocks, also without a whole request. */
async function countingServer(): Promise<
  AsyncDisposable & { readonly port: number; readonly knocks: () => number }
> {
  let knocks = 0
  const server: Server = createServer((_request, response) => response.end())
  server.on('connection', () => (knocks += 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    knocks: () => knocks,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Waits until the window has had the time to do what it was told: two frames and a round trip to main. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    async () =>
      await new Promise((fulfil) =>
        requestAnimationFrame(() => requestAnimationFrame(() => fulfil(undefined))),
      ),
  )
  await ask(page, 'app.facts', undefined)
}

test('text that is injected is never run as code', async ({ ferrite: { page, complaints } }) => {
  const outcomes = await page.evaluate(async () => {
    // After a timer the page runs its own task: what a debugger evaluates would be let through.
    await new Promise((fulfil) => setTimeout(fulfil, 0))
    const global = globalThis as unknown as Record<string, unknown>
    const outcome: Record<string, string> = {}
    const attempt = (name: string, work: () => void): void => {
      try {
        work()
        outcome[name] = 'done'
      } catch (error) {
        outcome[name] = (error as Error).name
      }
    }
    const code = (name: string): string => `globalThis.ran_${name} = true`
    attempt('eval', () => (global['eval'] as (text: string) => void)(code('eval')))
    attempt('function', () =>
      new (global['Function'] as new (text: string) => () => void)(code('function'))(),
    )
    attempt('timer', () => (setTimeout as (text: string) => void)(code('timer')))
    attempt('markup', () => {
      document.createElement('div').innerHTML = `<img src=x onerror="${code('markup')}">`
    })
    attempt('script', () => {
      const script = document.createElement('script')
      script.text = code('script')
      document.body.append(script)
    })
    attempt('inline', () => {
      const script = document.createElement('script')
      script.append(code('inline'))
      document.body.append(script)
    })
    attempt('blob', () => {
      const script = document.createElement('script')
      script.src = URL.createObjectURL(new Blob([code('blob')], { type: 'text/javascript' }))
      document.body.append(script)
    })
    attempt('attribute', () => {
      const button = document.createElement('button')
      button.setAttribute('onclick', code('attribute'))
      document.body.append(button)
      button.click()
      button.remove()
    })
    attempt('address', () => {
      const link = document.createElement('a')
      link.href = `javascript:${code('address')}`
      document.body.append(link)
      link.click()
      link.remove()
    })
    await new Promise((fulfil) => setTimeout(fulfil, 100))
    return { outcome, ran: Object.keys(global).filter((name) => name.startsWith('ran_')) }
  })
  expect(outcomes.ran).toEqual([])
  expect(outcomes.outcome).toMatchObject({
    eval: 'EvalError',
    function: 'EvalError',
    markup: 'TypeError',
    blob: 'TypeError',
  })
  expect(complaints.length, 'each attempt is reported').toBeGreaterThan(4)
  expect(page.url()).toBe(startPage)
  complaints.length = 0
})

test('the window reaches no server, whatever it tries', async ({ ferrite: { page, complaints } }) => {
  await using server = await countingServer()
  const tried = await page.evaluate(async (port) => {
    await new Promise((fulfil) => setTimeout(fulfil, 0))
    const place = `127.0.0.1:${String(port)}`
    const outcome: Record<string, string> = {}
    outcome['fetch'] = await fetch(`http://${place}/fetch`).then(
      () => 'answered',
      () => 'refused',
    )
    outcome['socket'] = await new Promise<string>((fulfil) => {
      try {
        const socket = new WebSocket(`ws://${place}/socket`)
        socket.onopen = () => fulfil('open')
        socket.onerror = () => fulfil('refused')
      } catch {
        fulfil('refused')
      }
    })
    outcome['request'] = await new Promise<string>((fulfil) => {
      try {
        const request = new XMLHttpRequest()
        request.onload = () => fulfil('answered')
        request.onerror = () => fulfil('refused')
        request.open('GET', `http://${place}/request`)
        request.send()
      } catch {
        fulfil('refused')
      }
    })
    navigator.sendBeacon(`http://${place}/beacon`, 'secret')
    outcome['image'] = await new Promise<string>((fulfil) => {
      const image = new Image()
      image.onload = () => fulfil('loaded')
      image.onerror = () => fulfil('refused')
      image.src = `http://${place}/image.png`
    })
    const style = document.createElement('style')
    style.textContent = `body { background-image: url(http://${place}/style.png) } @import url(http://${place}/import.css)`
    document.head.append(style)
    const frame = document.createElement('iframe')
    frame.src = `http://${place}/frame`
    document.body.append(frame)
    const hint = document.createElement('link')
    hint.rel = 'preconnect'
    hint.href = `http://${place}/`
    document.head.append(hint)
    await new Promise((fulfil) => setTimeout(fulfil, 300))
    for (const element of [style, frame, hint]) element.remove()
    return outcome
  }, server.port)
  await settle(page)
  expect(tried).toEqual({ fetch: 'refused', socket: 'refused', request: 'refused', image: 'refused' })
  expect(server.knocks()).toBe(0)
  complaints.length = 0
})

test('the window stays on its own page and opens no other', async ({
  ferrite: { app, page, complaints },
}) => {
  await using server = await countingServer()
  const opened = await page.evaluate(async (port) => {
    await new Promise((fulfil) => setTimeout(fulfil, 0))
    const address = `http://127.0.0.1:${String(port)}/away`
    const other = window.open(address)
    const link = document.createElement('a')
    link.href = address
    link.target = '_blank'
    document.body.append(link)
    link.click()
    link.dispatchEvent(new MouseEvent('auxclick', { button: 1, bubbles: true }))
    link.target = ''
    link.click()
    link.remove()
    const form = document.createElement('form')
    form.action = address
    form.method = 'post'
    document.body.append(form)
    try {
      form.submit()
    } catch {
      // A refused form may throw: it did not go anywhere either way.
    }
    form.remove()
    const refresh = document.createElement('meta')
    refresh.httpEquiv = 'refresh'
    refresh.content = `0;url=${address}`
    document.head.append(refresh)
    location.href = address
    history.back()
    await new Promise((fulfil) => setTimeout(fulfil, 300))
    refresh.remove()
    return other === null ? 'nothing' : 'a window'
  }, server.port)
  expect(opened).toBe('nothing')
  await dropLink(page, `http://127.0.0.1:${server.port}/dropped`)
  await settle(page)
  expect(page.url()).toBe(startPage)
  expect(app.windows()).toHaveLength(1)
  expect(server.knocks()).toBe(0)
  complaints.length = 0
})

/** Drops a link on the window, through the same path as a real mouse. */
async function dropLink(page: Page, address: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const data = { items: [{ mimeType: 'text/uri-list', data: address }], files: [], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
  }
  await devtools.detach()
}

test('nothing that asks for a permission gets it', async ({ ferrite: { page, complaints } }) => {
  const answers = await page.evaluate(async () => {
    const words = (error: unknown): string => (error as Error).name
    const media = navigator.mediaDevices as MediaDevices | undefined
    return {
      notification: await Notification.requestPermission(),
      position: await new Promise<string>((fulfil) => {
        navigator.geolocation.getCurrentPosition(
          () => fulfil('given'),
          () => fulfil('refused'),
        )
      }),
      camera: await (media?.getUserMedia({ video: true, audio: true }).then(() => 'given', words) ??
        'absent'),
      screen: await (media?.getDisplayMedia().then(() => 'given', words) ?? 'absent'),
      clipboard: await navigator.clipboard.readText().then(() => 'given', words),
      worker:
        'serviceWorker' in navigator
          ? await navigator.serviceWorker.register('/assets/x.js').then(() => 'given', words)
          : 'absent',
    }
  })
  expect(Object.values(answers)).not.toContain('given')
  expect(Object.values(answers)).not.toContain('granted')
  expect(answers).toMatchObject({ notification: 'denied', position: 'refused', clipboard: 'NotAllowedError' })
  complaints.length = 0
})

test('the page gets three functions and nothing of Node', async ({ ferrite: { page } }) => {
  const seen = await page.evaluate(() => {
    const global = globalThis as unknown as Record<string, unknown>
    const bridge = global['ferrite'] as Record<string, (...given: unknown[]) => unknown>
    const missing = [
      'require',
      'process',
      'module',
      'Buffer',
      'global',
      'ipcRenderer',
      'electron',
      '__dirname',
    ]
    return {
      names: Object.keys(bridge).sort(),
      kinds: Object.values(bridge).map((each) => typeof each),
      found: missing.filter((name) => name in global),
      isFrozen: Object.isFrozen(bridge),
    }
  })
  expect(seen).toEqual({
    names: ['importFiles', 'on', 'request'],
    kinds: ['function', 'function', 'function'],
    found: [],
    isFrozen: true,
  })
  const refused = await page.evaluate(async () => {
    const { ferrite } = globalThis as unknown as {
      ferrite: {
        request: (name: string) => Promise<unknown>
        on: (name: string, listener: () => void) => unknown
      }
    }
    const event = await Promise.resolve()
      .then(() => ferrite.on('ipc-message', () => undefined))
      .then(
        () => 'taken',
        () => 'refused',
      )
    return [
      await ferrite.request('shell.open').then(
        () => 'taken',
        () => 'refused',
      ),
      event,
    ]
  })
  expect(refused).toEqual(['refused', 'refused'])
})

test('a name that looks like markup is shown as text', async ({ ferrite: { page }, fleet }) => {
  const name = `<img src=x onerror="globalThis.ran=1">{{7*7}}</title>`
  await addDevice(page, { ...itemOf(fleet, 'PRESS-7'), name })
  await rowOf(page, 'Devices', name).click()
  await expect(page.getByRole('heading', { name, level: 2 })).toHaveText(name)
  const seen = await page.evaluate(() => ({
    ran: 'ran' in globalThis,
    images: document.querySelectorAll('img[src="x"]').length,
  }))
  expect(seen).toEqual({ ran: false, images: 0 })
})

test('a typed password is neither in the page, nor in an answer of main, nor in a file', async ({
  ferrite: { page },
  fleet,
  folder,
}) => {
  const item = itemOf(fleet, 'PRESS-7')
  await recordEvents(page)
  await addByHand(page, item)
  await page.getByRole('button', { name: 'Close', exact: true }).last().click()
  const [view] = await ask(page, 'devices.list', undefined)
  const archiveId = await backUp(page, view!.device.id)
  await openView(page, 'Archives')
  const answers = await Promise.all([
    ask(page, 'devices.list', undefined),
    ask(page, 'archives.list', undefined),
    ask(page, 'jobs.list', undefined),
    ask(page, 'activity.list', undefined),
    ask(page, 'app.facts', undefined),
    ask(page, 'browse.open', { place: { archiveId, inside: [] } }),
    ask(page, 'restore.plan', {
      archiveId,
      deviceId: view!.device.id,
      options: { mode: 'merge', accepted: [], safetyBackup: { take: true } },
    }),
  ])
  expect(JSON.stringify(answers)).toContain(hostOf(item))
  expect(JSON.stringify(answers)).not.toContain(item.password)
  const inPage = await page.evaluate(() => {
    const { recordedEvents } = globalThis as unknown as { recordedEvents: unknown[] }
    const fields = [...document.querySelectorAll('input')].map(({ value }) => value)
    return JSON.stringify([document.documentElement.outerHTML, fields, recordedEvents])
  })
  expect(inPage).toContain('PRESS-7')
  expect(inPage).not.toContain(item.password)
  const files = await readdir(join(folder, 'home'), { recursive: true, withFileTypes: true })
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
  expect(paths.length).toBeGreaterThan(5)
  const clear = Buffer.from(item.password)
  const wide = Buffer.from(item.password, 'utf16le')
  for (const path of paths) {
    const bytes = await readFile(path)
    expect(bytes.includes(clear) || bytes.includes(wide), path).toBe(false)
  }
})

/** Keeps every event that main sends to the page. */
async function recordEvents(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { ferrite } = globalThis as unknown as {
      ferrite: { on: (name: string, listener: (payload: unknown) => void) => unknown }
    }
    const recordedEvents: unknown[] = []
    Object.assign(globalThis, { recordedEvents })
    for (const name of ['jobs.changed', 'devices.changed', 'archives.changed', 'settings.changed']) {
      ferrite.on(name, (payload) => recordedEvents.push(payload))
    }
  })
}
