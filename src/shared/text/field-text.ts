/** What a form says of one field. */
export interface FieldText {
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
  /** Words of the answers, where there is a choice of them. */
  readonly choices?: Readonly<Record<string, string>>
}
