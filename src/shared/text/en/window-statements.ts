/** English words around what only a person can know. */
export const windowStatements = {
  asks: 'Only a person can know this. What you state is kept with your archive or device and marked as stated.',
  of: {
    archive: (name: string) => `About the source of the archive of ${name}`,
    device: (name: string) => `About ${name}`,
  },
  unstated: 'not stated',
  yes: 'Yes',
  no: 'No',
  momentExample: '2026-03-01 20:00',
  momentOdd: 'A date with a time, for example 2026-03-01 20:00.',
  save: 'State it and check again',
  title: 'What you stated about its source',
  none: 'Nothing was stated. What the archive or its device says itself needs no statement.',
  statedAt: (time: string) => `stated by a person, ${time}`,
  edit: 'State what you know',
  keep: 'Keep these statements',
}
export type WindowStatementsText = typeof windowStatements
