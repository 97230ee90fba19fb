/** An app that an app file holds. `architecture`: as in an identity, or `all`. */
export interface AppInFile {
  readonly app: string
  readonly version: string
  readonly architecture: string
}
