import { normaliseArchitecture, type App } from '../../../shared/model/identity.ts'

/** The fields of a type plate that tell models apart, from `/system/api/v1/typeplate` or from a setup file. */
export interface TypePlateFields {
  readonly storeModelId?: string | undefined
  readonly typeCode?: string | undefined
  readonly hardwareRevision?: string | undefined
  readonly productName?: string | undefined
  readonly virtualized?: boolean | undefined
}

const architectures: Readonly<Record<string, string>> = { X3: 'arm64', X5: 'x64', X7: 'x64' }
const familyName = 'ctrlX CORE'
const virtualModel = `${familyName} virtual`

/**
 * The model in the vendor's words: `ctrlX CORE X3`, `… X5`, `… X7` or `… virtual`; the product's own name
 * where it is none of these; `undefined` where the plate says too little.
 *
 * Sources: hardware revision (`cx_x7p_a`) and type code (`COREX-C-X3-…`) name the model; the store model
 * `rexroth-arch01` is the X3 image alone, `rexroth-arch02` is shared by X5, X7 and virtual and so decides nothing.
 */
export function modelOf(plate: TypePlateFields): string | undefined {
  const product = meaningful(plate.productName)
  const code = plate.typeCode?.trim() ?? ''
  if (/virtual/i.test(product ?? '') || /^cx_arch02_engineering$/i.test(code)) return virtualModel
  const model =
    /^cx_(x\d)/i.exec(plate.hardwareRevision?.trim() ?? '')?.[1] ??
    /(?:^|-)(X[2357])(?:-|$)/i.exec(code)?.[1] ??
    /^ctrlX\s*CORE\s*(X\d)/i.exec(product ?? '')?.[1]
  if (model !== undefined) return `${familyName} ${model.toUpperCase()}`
  if (/arch01$/i.test(plate.storeModelId?.trim() ?? '')) return `${familyName} X3`
  return product ?? (plate.virtualized === true ? virtualModel : undefined)
}

/** The processor architecture that every device of a model has, where the vendor names one. */
export function architectureOfModel(model: string): string | undefined {
  if (model === virtualModel) return 'x64'
  const [, short = ''] = /^ctrlX CORE (X\d)$/.exec(model) ?? []
  return architectures[short]
}

/** One spelling per architecture; empty and vendor placeholders (`unknown`, `undefined.`) are no answer. */
export function architectureOf(spelling: string | undefined): string | undefined {
  const known = meaningful(spelling)
  return known === undefined ? undefined : normaliseArchitecture(known)
}

/**
 * What kind of app this is. `appType` is the package manager's word; hardware support of a board is an
 * ordinary `os` or `app` package there and is known by its name (`rexroth-arch02-hw`, `…-kernel`).
 */
export function kindOfApp(name: string, appType: string | undefined, isRequired = false): App['kind'] {
  if (appType === 'gadget' || appType === 'kernel' || /[-.](hw|kernel|gadget)$/i.test(name)) return 'hardware'
  if (appType !== undefined && ['os', 'core', 'base', 'snapd'].includes(appType)) return 'system'
  if (systemApps.has(name) || isRequired) return 'system'
  return 'user'
}

/** Apps of the operating system that older devices call plain `app` (vendor's system apps of a release). */
const systemApps: ReadonlySet<string> = new Set([
  'bare',
  'core',
  'core18',
  'core20',
  'core22',
  'core24',
  'snapd',
  'rexroth-automationcore',
  'rexroth-deviceadmin',
  'rexroth-setup',
  'rexroth-solutions',
  'rexroth-version-guard',
])

/** The system apps whose major and minor version is the system version. */
const versionApps = ['rexroth-deviceadmin', 'rexroth-automationcore'] as const

/** Major and minor of a version: `4.6.0` and `V4.6` give `4.6`; `undefined` where there are not two numbers. */
export function majorMinor(version: string | undefined): string | undefined {
  const [, major, minor] = /^v?(\d{1,4})\.(\d{1,4})(?:\D|$)/i.exec(version?.trim() ?? '') ?? []
  return major === undefined || minor === undefined ? undefined : `${Number(major)}.${Number(minor)}`
}

/**
 * The system version as the rules compare it, `major.minor`, from the system apps. Where they differ from one
 * another there is none: the device itself says `undefined.` then.
 */
export function systemVersionOfApps(
  apps: readonly { readonly name: string; readonly version: string }[],
): string | undefined {
  const versions = versionApps
    .map((name) => majorMinor(apps.find((app) => app.name === name)?.version))
    .filter((version) => version !== undefined)
  return new Set(versions).size === 1 ? versions[0] : undefined
}

/** A text that says something: trimmed, and none of the vendor's words for "not known". */
export function meaningful(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? ''
  return /^(|unknown|undefined\.?|n\/a|none)$/i.test(trimmed) ? undefined : trimmed
}
