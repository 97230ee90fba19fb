/** One thing that the vendor leaves open, or says in two ways, and that the simulator had to decide. */
export interface Assumption {
  readonly about:
    | 'address'
    | 'audit log'
    | 'certificate'
    | 'clients'
    | 'console'
    | 'external storage'
    | 'file'
    | 'import'
    | 'key'
    | 'list'
    | 'login'
    | 'older backup'
    | 'status'
    | 'version'
  readonly assumed: string
  readonly reason: string
}

/** A client must not rely on any of these: on a real appliance each may be otherwise. */
export const assumptions: readonly Assumption[] = [
  {
    about: 'console',
    assumed: 'The addresses of the pages, the names of form fields, and every form without a further token.',
    reason: 'The manual names menus and buttons, never addresses.',
  },
  {
    about: 'login',
    assumed: 'A form and one session cookie; a wrong login is answered with 200 and a sentence.',
    reason: 'Only that the console has a login is documented.',
  },
  {
    about: 'version',
    assumed: 'The login page shows no version.',
    reason: 'The manual knows it from Server Information and the lower right corner, both behind the login.',
  },
  {
    about: 'key',
    assumed: 'A key of 32 characters in the alphabet of base64, compared to the last character.',
    reason: 'Its form is only to be seen in pictures; this alphabet shows whether a client keeps every one.',
  },
  {
    about: 'key',
    assumed: 'The backup is made once the key is confirmed as saved; unconfirmed, nothing of it stays.',
    reason: 'The order of dialog and work is not documented.',
  },
  {
    about: 'file',
    assumed: 'Its name, its ending (`.backup`, an option) and a content of which nothing can be read.',
    reason: 'Neither name nor container is stated; that a key is needed suggests encryption.',
  },
  {
    about: 'file',
    assumed: 'AES-256-GCM under a key derived with scrypt; version and certificate are inside.',
    reason: 'The cipher is not documented.',
  },
  {
    about: 'import',
    assumed:
      'A wrong key, a damaged file and an `.eppb` are refused at once, all with the same sentence and 200.',
    reason: 'What the server says to them is not documented.',
  },
  {
    about: 'import',
    assumed: 'More than 200 MB are refused after the upload, at 209 715 200 bytes, with a sentence and 200.',
    reason: 'The vendor says that they cannot be processed, not how that shows, and not which megabyte.',
  },
  {
    about: 'import',
    assumed: 'The server itself refuses the pairs of versions that the guides rule out.',
    reason: 'The guides forbid them; whether the server checks is not documented.',
  },
  {
    about: 'import',
    assumed: '5.x onto a newer 5.x is taken.',
    reason: 'One page asks for a newer server, another for the same version.',
  },
  {
    about: 'import',
    assumed: 'One import at a time; power lost before its end leaves the old content and a failed row.',
    reason: 'Neither is documented.',
  },
  {
    about: 'import',
    assumed: 'Licence, address, disk, patch level and the switch for client communication are not carried.',
    reason: 'Address and logs are documented as left out; the guides set the others on the new server.',
  },
  {
    about: 'import',
    assumed: 'The passwords of every integration are missing afterwards.',
    reason: 'The guides say that they are not always restored.',
  },
  {
    about: 'import',
    assumed: 'HTTP 500, as a fault, comes with the import carried out or not.',
    reason: 'The guides advise against a retry at once and do not say what state it leaves.',
  },
  {
    about: 'status',
    assumed:
      'After Generating: Ready to download up to 2607, Your back import file has been queued from 2608 on.',
    reason: 'The guides of the two lines differ; an option chooses.',
  },
  {
    about: 'status',
    assumed: 'In progress while a backup is made, Failed when the power went meanwhile.',
    reason: 'Only the words for a finished backup and for an import are documented.',
  },
  {
    about: 'list',
    assumed: 'The imported backup can be downloaded again, with the name that it had on the old server.',
    reason: 'That it alone remains is documented, not more.',
  },
  {
    about: 'certificate',
    assumed: 'The new appliance keeps its own unless it was started to take over the restored one.',
    reason: 'The guides speak of certificates only for a change of address.',
  },
  {
    about: 'address',
    assumed: 'An address at which another appliance answers cannot be set.',
    reason: 'On a real network both would answer in turn, which one machine cannot show.',
  },
  {
    about: 'clients',
    assumed: 'Clients get through where their address is served and client communication is on.',
    reason: 'Their protocol is not documented; Last Seen is all that the console shows of it.',
  },
  {
    about: 'clients',
    assumed: 'Last Seen is empty after an import.',
    reason: 'It counts as a log, and logs are not contained.',
  },
  {
    about: 'older backup',
    assumed: 'An `.eppb` is ready at once and is plain text; its restore and its schedule are missing.',
    reason: 'The inner layout is not documented, and newer pages describe System Backup v2 only.',
  },
  {
    about: 'audit log',
    assumed: 'A table of Last Seen as CSV.',
    reason: 'Its columns are not documented; what matters is that an import removes it.',
  },
  {
    about: 'external storage',
    assumed: 'Both kinds of System Backup can be pushed, and grow under their final names.',
    reason: 'One page says that they can go to external storage, another that they cannot; neither says how.',
  },
]
