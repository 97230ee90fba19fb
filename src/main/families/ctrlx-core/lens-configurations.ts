import { breathe } from '../../archives/archive-base.ts'
import { maxLevels } from '../../archives/limits.ts'
import { lensOf, type OpenLens } from '../lens-table.ts'
import { isObject, listOf, objectsIn, textOf, textsOf, valueAt, type Members } from '../lens-values.ts'
import { placesOf, type LensSource } from './lens-source.ts'

const configurationsAtMost = 1000
const describedAtMost = 100
const descriptionBytesAtMost = 1024 * 1024
const foldersAtMost = 200
const programsAtMost = 5000

interface Configuration {
  readonly name: string
  readonly kind: 'active' | 'archived'
  /** Where its files may lie, in lower case, as the vendor looks it up; none where it was made without files. */
  readonly places: readonly string[]
  files: number
  bytes: number
  /** What lies directly in it, by name. */
  readonly folders: Map<string, { files: number; bytes: number }>
  /** Its own description, `configuration.json`. */
  description: string | undefined
}

interface Program {
  readonly configuration: string
  readonly program: string
  readonly architecture: string
  readonly size: number
  readonly changed: string | undefined
  readonly file: string
}

/** A boot application of the PLC (observed on devices): `plc/run/<architecture>/data/<name>.app`. */
const programPath = /^plc\/run\/([^/]{1,60})\/data\/([^/]{1,200})\.app$/i

/**
 * What the app data consists of. Sources: `configurations.active` and `configurations.archive` of a setup file, the
 * names of the files below them, and `configuration.json` in each (`configuration.v1.schema.json`).
 */
export async function configurationLenses(source: LensSource): Promise<readonly OpenLens[]> {
  const configurations = listedIn(source.document)
  const programs = await lookThrough(source, configurations)
  const described = await describe(source, configurations)
  return [
    await lensOf(
      'configurations',
      {
        name: 'text',
        kind: 'code',
        description: 'text',
        device: 'text',
        user: 'text',
        files: 'count',
        size: 'size',
      },
      configurations.map((each) => {
        const about = described.get(each)
        return {
          name: each.name,
          kind: each.kind,
          description: textOf(about?.['description']),
          device: textOf(about?.['device']),
          user: textOf(about?.['user']),
          ...(each.places.length > 0 && { files: each.files, size: each.bytes }),
        }
      }),
    ),
    await lensOf(
      'configuration-apps',
      { configuration: 'text', name: 'mono', title: 'text', version: 'mono', folder: 'mono' },
      [...described].flatMap(([{ name }, about]) =>
        listOf(about['apps']).map((app) => ({
          configuration: name,
          name: textOf(valueAt(app, 'name')),
          title: textOf(valueAt(app, 'title')),
          version: textOf(valueAt(app, 'version')),
          folder: textsOf(listOf(valueAt(app, 'appDirectories')).map((each) => valueAt(each, 'name'))),
        })),
      ),
    ),
    await lensOf(
      'app-data',
      { configuration: 'text', folder: 'mono', files: 'count', size: 'size' },
      configurations.flatMap(({ name, folders }) =>
        [...folders].map(([folder, { files, bytes }]) => ({
          configuration: name,
          folder,
          files,
          size: bytes,
        })),
      ),
    ),
    await lensOf(
      'plc-programs',
      {
        configuration: 'text',
        program: 'text',
        architecture: 'mono',
        size: 'size',
        changed: 'time',
        file: 'entry',
      },
      programs,
    ),
  ]
}

function listedIn(document: Members): readonly Configuration[] {
  const configurations = valueAt(document, 'configurations')
  const active = valueAt(configurations, 'active')
  const made = (
    name: string,
    kind: Configuration['kind'],
    element: unknown,
    folder: string,
  ): Configuration => {
    const path = valueAt(element, '$path')
    const places = typeof path === 'string' ? placesOf(path, folder).map((each) => each.toLowerCase()) : []
    return { name, kind, places, files: 0, bytes: 0, folders: new Map(), description: undefined }
  }
  const archived = objectsIn(valueAt(configurations, 'archive'))
  return [
    ...(isObject(active) ? [made(textOf(active['name']) ?? '', 'active', active, 'configurations')] : []),
    ...archived
      .slice(0, configurationsAtMost)
      .map(([name, element]) => made(name, 'archived', element, 'configurations/archive')),
  ]
}

/** Counts every file once, at the innermost configuration around it, and finds what is known by name. */
async function lookThrough(
  { archive, signal }: LensSource,
  configurations: readonly Configuration[],
): Promise<readonly Program[]> {
  const places = new Map(configurations.flatMap((each) => each.places.map((place) => [place, each] as const)))
  const programs: Program[] = []
  let seen = 0
  for (const { path, kind, sizeBytes, modifiedAt } of places.size === 0 ? [] : archive.entries()) {
    if (++seen % 4096 === 0) await breathe(signal)
    if (kind !== 'file') continue
    const [configuration, below] = around(places, path)
    if (configuration === undefined) continue
    configuration.files += 1
    configuration.bytes += sizeBytes
    if (below.toLowerCase() === 'configuration.json') configuration.description = path
    else if (below.includes('/')) count(configuration, below.slice(0, below.indexOf('/')), sizeBytes)
    const [, architecture, program] = programPath.exec(below) ?? []
    if (architecture === undefined || program === undefined || programs.length > programsAtMost) continue
    programs.push({
      configuration: configuration.name,
      program,
      architecture,
      size: sizeBytes,
      changed: modifiedAt,
      file: path,
    })
  }
  return programs
}

function around(
  places: ReadonlyMap<string, Configuration>,
  path: string,
): readonly [Configuration | undefined, string] {
  const lower = path.toLowerCase()
  let innermost: readonly [Configuration | undefined, string] = [undefined, '']
  let level = 0
  for (let end = lower.indexOf('/'); end > 0 && ++level <= maxLevels; end = lower.indexOf('/', end + 1)) {
    const found = places.get(lower.slice(0, end))
    if (found !== undefined) innermost = [found, path.slice(end + 1)]
  }
  return innermost
}

function count({ folders }: Configuration, folder: string, bytes: number): void {
  const known = folders.get(folder)
  if (known !== undefined) {
    known.files += 1
    known.bytes += bytes
  } else if (folders.size < foldersAtMost) folders.set(folder, { files: 1, bytes })
}

async function describe(
  { archive, signal }: LensSource,
  configurations: readonly Configuration[],
): Promise<ReadonlyMap<Configuration, Members>> {
  const described = new Map<Configuration, Members>()
  for (const configuration of configurations) {
    const path = configuration.description
    if (path === undefined || described.size >= describedAtMost) continue
    if ((archive.find(path)?.sizeBytes ?? 0) > descriptionBytesAtMost) continue
    const about = parse(await archive.readBytes(path, descriptionBytesAtMost, signal))
    if (about !== undefined) described.set(configuration, about)
  }
  return described
}

function parse(bytes: Buffer): Members | undefined {
  try {
    const value = JSON.parse(bytes.toString()) as unknown
    return isObject(value) ? value : undefined
  } catch {
    // A configuration whose description cannot be read is still listed with its files.
    return undefined
  }
}
