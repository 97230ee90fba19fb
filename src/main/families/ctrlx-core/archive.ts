import { FailureError } from '../../../shared/failure.ts'
import { fact, type Fact, type Identity } from '../../../shared/model/identity.ts'
import type { ArchiveAccess } from '../../archives/archive-access.ts'
import type { OpenArchive } from '../../archives/open.ts'
import { asRecorded } from '../as-recorded.ts'
import { keptElementTraits } from './kept-elements.ts'
import { parseSetupFile, type SetupFile } from './setup-file.ts'
import { systemAppsTrait } from './system-apps-trait.ts'

/** The device writes one of these at the root; older documentation and devices use the second name. */
export const setupFileNames = ['ctrlx-setup.json', 'ctrlx-backup.json'] as const
const legacyFileName = /^ctrlX-\d{4}(-\d{2}){5}\.tar$/i
const maxSetupFileBytes = 16 * 1024 * 1024

/** True where the archive has the file that every setup archive has, or the name of a legacy backup. */
export function recognises(archive: OpenArchive): boolean {
  if (archive.container === 'zip') return setupFileNames.some((name) => archive.find(name)?.kind === 'file')
  return archive.container === 'tar' && legacyFileName.test(archive.name)
}

/**
 * What the archive says of its source (provenance `archive`), completed by what was recorded. The inside of a
 * legacy tar is not documented, so there everything stays as recorded.
 * @throws FailureError `archive-foreign`, `archive-ambiguous`
 */
export async function readArchive(
  archive: OpenArchive,
  recorded: Identity,
  signal: AbortSignal,
): Promise<Identity> {
  const setup = await readSetupFile(archive, signal)
  const known = asRecorded(recorded, textFacts, systemAppsTrait(recorded))
  if (!setup) return known
  const traits = { ...known.traits, ...keptElementTraits(setup.document, recorded.readAt) }
  return { ...known, ...factsOf(setup, recorded), ...(Object.keys(traits).length > 0 && { traits }) }
}

/**
 * The setup file inside; `undefined` for a legacy tar.
 * @throws FailureError `archive-foreign`, `archive-ambiguous`
 */
export async function readSetupFile(
  archive: ArchiveAccess,
  signal?: AbortSignal,
): Promise<SetupFile | undefined> {
  if (archive.container === 'tar') return undefined
  const { name, text } = await readSetupText(archive, signal)
  const setup = parseSetupFile(parseJson(text))
  if (!setup) throw foreign(archive, `${name} is not what the vendor describes`)
  return setup
}

/**
 * The setup file inside a zip as it stands there, and what it is called.
 * @throws FailureError `archive-foreign`, `archive-ambiguous`
 */
export async function readSetupText(
  archive: ArchiveAccess,
  signal?: AbortSignal,
): Promise<{ readonly name: string; readonly text: string }> {
  const [name, second] = await setupFilesIn(archive)
  if (name === undefined) throw foreign(archive, `it has no ${setupFileNames.join(' and no ')} at its root`)
  if (second !== undefined) {
    const detail = `it holds both ${name} and ${second}`
    throw new FailureError({ code: 'archive-ambiguous', archive: archive.name, detail })
  }
  const bytes = await archive.readBytes(name, maxSetupFileBytes, signal)
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    // Bytes that are no text were written by no device.
    throw foreign(archive, `${name} is not what the vendor describes`)
  }
}

function foreign({ name }: ArchiveAccess, detail: string): FailureError {
  return new FailureError({ code: 'archive-foreign', archive: name, family: 'ctrlx-core', detail })
}

async function setupFilesIn(archive: ArchiveAccess): Promise<readonly string[]> {
  const found: string[] = []
  for (const name of setupFileNames) if ((await archive.find(name))?.kind === 'file') found.push(name)
  return found
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    // Not JSON: the caller says what was expected.
    return undefined
  }
}

function factsOf(setup: SetupFile, { readAt }: Identity): Partial<Identity> {
  const text = (value: string | undefined): Fact<string> | undefined =>
    value === undefined ? undefined : fact(value, 'archive', readAt)
  const facts = {
    model: text(setup.model),
    architecture: text(setup.architecture),
    systemVersion: text(setup.systemVersion),
    serial: text(setup.serial),
    hostname: text(setup.hostname),
    operatingSystem: text(setup.operatingSystem),
    apps:
      setup.apps &&
      fact(
        // A disabled app is never in a backup, so every app that is there was enabled.
        setup.apps.map(({ name, version, title, kind }) => ({
          name,
          version,
          kind,
          enabled: true,
          ...(title !== undefined && { title }),
        })),
        'archive',
        readAt,
      ),
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

const textFacts = [
  'model',
  'architecture',
  'systemVersion',
  'serial',
  'hostname',
  'operatingSystem',
  'operatingState',
] as const
