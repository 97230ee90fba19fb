import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Where the vendor's descriptions lie, or what to tell someone who has none. */
export type VendorFiles =
  { readonly found: true; readonly folder: string } | { readonly found: false; readonly message: string }

const probe = 'setup.v1.7.0.openapi.json'

/** Looks in `FERRITE_CTRLX_OPENAPI`, then beside the checkout. */
export function findVendorFiles(): VendorFiles {
  const beside = resolve(import.meta.dirname, '../../../../shared/vendor/ctrlx')
  const folder = process.env['FERRITE_CTRLX_OPENAPI'] ?? beside
  if (existsSync(resolve(folder, probe))) return { found: true, folder }
  return {
    found: false,
    message:
      'the vendor descriptions are not here: take the ctrlx-core OpenAPI files from the public repository ' +
      'boschrexroth/rest-api-description and setup.v1.schema.json from boschrexroth/json-schema (both MIT), ' +
      'put them into one folder and name it in FERRITE_CTRLX_OPENAPI',
  }
}
