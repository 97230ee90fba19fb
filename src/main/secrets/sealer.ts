import { safeStorage, type SafeStorage } from 'electron'

type AsyncCalls = Pick<
  SafeStorage,
  'encryptStringAsync' | 'decryptStringAsync' | 'isAsyncEncryptionAvailable'
>

/** Encrypts with the operating system's key. The newer Electron has only promises worth using, the older none. */
export interface Sealer {
  readonly available: () => Promise<boolean>
  readonly seal: (secret: string) => Promise<Buffer>
  readonly unseal: (sealed: Buffer) => Promise<string>
}

/** The sealer of the Electron that runs. */
export function createSealer(): Sealer {
  return hasAsyncCalls(safeStorage) ? asyncSealer(safeStorage) : syncSealer()
}

function hasAsyncCalls(storage: Partial<AsyncCalls>): storage is AsyncCalls {
  return typeof storage.encryptStringAsync === 'function'
}

function asyncSealer(storage: AsyncCalls): Sealer {
  return {
    available: async () => await storage.isAsyncEncryptionAvailable(),
    seal: async (secret) => await storage.encryptStringAsync(secret),
    unseal: async (sealed) => (await storage.decryptStringAsync(sealed)).result,
  }
}

/* eslint-disable @typescript-eslint/no-deprecated -- for Electron before 42, which has no other calls */
function syncSealer(): Sealer {
  return {
    available: () => Promise.resolve(safeStorage.isEncryptionAvailable()),
    seal: (secret) => Promise.resolve(safeStorage.encryptString(secret)),
    unseal: (sealed) => Promise.resolve(safeStorage.decryptString(sealed)),
  }
}
/* eslint-enable @typescript-eslint/no-deprecated */
