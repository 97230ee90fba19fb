import { join } from 'node:path'
import { safeStorage } from 'electron'
import { FailureError } from '../../shared/failure.ts'
import { z } from '../../shared/schema.ts'
import type { SecretId, SecretStore } from '../devices/credential-book.ts'
import { readDurably, updateDurably } from '../storage/durable-file.ts'
import { createSealer, type Sealer } from './sealer.ts'

const sealedSchema = z.object({ backend: z.string(), data: z.base64() }).readonly()
const fileSchema = z.object({ format: z.literal(1), secrets: z.record(z.string(), sealedSchema).readonly() })
type File = z.infer<typeof fileSchema>
const empty: File = { format: 1, secrets: {} }

/** Linux back ends that keep the key where anybody can read it. */
const weakBackends: readonly string[] = ['basic_text', 'unknown']

/**
 * Passwords encrypted with a key of the operating system's keychain; the file holds ciphertext and the name of the
 * back end only. Where the keychain is missing or weak nothing is stored and the app asks each time.
 */
export async function openKeychain(folder: string): Promise<SecretStore> {
  const file = join(folder, 'secrets.json')
  const sealer = createSealer()
  const state = async () => await keychainState(sealer)
  const known = new Set(Object.keys(((await readDurably(file, fileSchema, 1)) ?? empty).secrets))
  const change = async (apply: (secrets: File['secrets']) => File['secrets']): Promise<void> => {
    await updateDurably(file, fileSchema, {
      knownFormat: 1,
      initial: empty,
      change: ({ secrets }): File => ({ format: 1, secrets: apply(secrets) }),
    })
  }
  return {
    state,
    has: (id) => known.has(id),
    put: async (id, secret) => {
      const { usable, backend } = await state()
      if (!usable) throw new FailureError({ code: 'keychain-unavailable', backend })
      const data = (await sealer.seal(secret)).toString('base64')
      await change((secrets) => ({ ...secrets, [id]: { backend, data } }))
      known.add(id)
    },
    get: async (id) => {
      const { secrets } = (await readDurably(file, fileSchema, 1)) ?? empty
      const sealed = secrets[id]
      return sealed && (await unseal(sealer, id, sealed.data))
    },
    delete: async (id) => {
      if (!known.delete(id)) return
      await change((secrets) => Object.fromEntries(Object.entries(secrets).filter(([key]) => key !== id)))
    },
  }
}

/** Which keychain there is, and whether it may be used. */
async function keychainState(
  sealer: Sealer,
): Promise<{ readonly usable: boolean; readonly backend: string }> {
  const backend =
    process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : `${process.platform} keychain`
  return { usable: !weakBackends.includes(backend) && (await sealer.available()), backend }
}

async function unseal(sealer: Sealer, id: SecretId, data: string): Promise<string> {
  try {
    return await sealer.unseal(Buffer.from(data, 'base64'))
  } catch (cause) {
    throw new FailureError({ code: 'secret-unreadable', device: id }, { cause })
  }
}
