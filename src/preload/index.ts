import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { FerriteApi } from '../shared/ipc/api.ts'
import { droppedFilesChannel, eventNames, requestNames } from '../shared/ipc/names.ts'

const listenersAtMost = 32
let listeners = 0

const api = {
  request: async (name: string, input: unknown): Promise<unknown> => {
    if (!requestNames.has(name)) throw new Error('no such request')
    return await ipcRenderer.invoke(name, input)
  },
  on: (name: string, listener: (payload: unknown) => void): (() => void) => {
    if (!eventNames.has(name) || listeners >= listenersAtMost)
      throw new Error('no such event, or too many listeners')
    // The page gets the payload only: the event object would hand it the sender.
    const pass = (_event: unknown, payload: unknown): void => {
      listener(payload)
    }
    listeners += 1
    ipcRenderer.on(name, pass)
    return () => {
      listeners -= ipcRenderer.listeners(name).includes(pass) ? 1 : 0
      ipcRenderer.off(name, pass)
    }
  },
  // Files made by a script have no place and give an empty string, so the page cannot name one.
  importFiles: async (files: readonly File[], deviceId?: string): Promise<unknown> =>
    await ipcRenderer.invoke(
      droppedFilesChannel,
      files.map((file) => webUtils.getPathForFile(file)).filter(Boolean),
      deviceId,
    ),
}

// The shapes are the contract's; the types of single requests are checked where they are used.
contextBridge.exposeInMainWorld('ferrite', api satisfies Record<keyof FerriteApi, unknown>)
