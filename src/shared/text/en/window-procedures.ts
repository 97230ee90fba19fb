/** English words of the view of guided restores. */
export const windowProcedures = {
  title: 'Guided restores',
  subtitle: 'Restores that you and Ferrite do together, step by step.',
  loading: 'Reading the guided restores',
  list: 'Guided restores',
  widthOfList: 'Width of the list',
  empty:
    'No guided restore yet. Some systems can only be restored in their own web page: choose their archive and Restore, and Ferrite goes through it with you.',
  toArchives: 'Go to the archives',
  choose: 'Choose a guided restore to see its steps.',
  open: 'Under way',
  ended: 'Ended',
  since: (age: string) => `begun ${age}`,
  damaged: (id: string) => `The file of ${id} cannot be read. Its device may be half way: look at it.`,
  to: (device: string) => `Restore to ${device}`,
  archive: 'Archive',
  progress: (done: number, all: number) => `${String(done)} of ${String(all)} steps done`,
  steps: 'Steps',
  stepOf: (number: number, all: number) => `Step ${String(number)} of ${String(all)}`,
  by: (who: string, time: string) => `${who}, ${time}`,
  ferrite: 'Ferrite',
  note: (text: string) => `“${text}”`,
  aids: {
    'open-address': 'Open the address',
    'copy-path': 'Copy the path',
    'copy-key': 'Copy the key',
    'copy-text': 'Copy the text',
    'show-file': 'Show the file',
    'move-device': 'Move to another address…',
  },
  copyAddress: 'Copy the address',
  given: {
    copied: 'It is on the clipboard.',
    opened: 'It was opened in your browser.',
    shown: 'It is shown in its folder.',
    nothing: 'There is nothing to give for this step.',
  },
  noteNeeded: 'What you saw',
  noteNeededHint:
    'Kept with the step and in the report: a version, the name of a snapshot. At least 3 characters.',
  noteOptional: 'Note',
  optional: 'optional',
  done: 'This is done',
  run: 'Go on',
  runHint: 'Ferrite does this step by itself and shows here what it found.',
  runChangesHint:
    'Ferrite does this step by itself: it reads the identity of the device once more and then changes the device. From then on it cannot be cancelled.',
  retry: 'Try again',
  report: 'Write the report',
  reportHint: 'Every step is done.',
  unclear: {
    title: 'It is not known what came of this step',
    known: 'What is known',
    knownText:
      'The change was sent to the device once and no answer came. Ferrite will not send it again, because twice could be worse than once.',
    look: 'What to look at',
    lookText: (device: string) =>
      `Go to ${device} or open its page. Does it hold the state of the archive, its former state, or something in between?`,
    write: 'What to write down',
    found: 'What you found',
    foundHint: 'For example the version and what the page shows. It is kept in the report.',
    wasDone: 'It was done: go on',
    notDone: 'If it was not done, or you cannot tell, end this restore below with the reason.',
  },
  abandon: {
    title: 'End this restore before its last step',
    untouched: (device: string) => `Nothing has been changed on ${device} yet: it keeps its former state.`,
    changed: (device: string) =>
      `${device} may have been changed already. The report will say that its state is not known, and what to look at.`,
    reason: 'Why?',
    reasonHint: 'Kept in the report and in the history. At least 3 characters.',
    button: 'End this restore',
  },
  waiting: (count: number) =>
    count === 1 ? '1 guided restore waits for you' : `${String(count)} guided restores wait for you`,
  wizard: {
    title: 'This is a guided restore',
    sentence: (device: string, steps: number, yours: number) =>
      `${device} can only be restored together with a person. It takes ${String(steps)} steps; ${String(yours)} of them are yours. You can stop after each and go on later, even days later.`,
    ready: 'Have ready',
    readyLogin: 'the login to the web page or the console of the device',
    readyWayBack: 'the right to take a snapshot of the machine, or another way back',
    readyPlace: 'somebody who may say when the system may be out of service',
    start: (device: string) => `Begin the guided restore of ${device}`,
    whole: 'This kind of system takes an archive as a whole.',
    tool: 'Have Ferrite run the recovery tool',
    toolHint:
      'Ferrite starts the vendor’s tool on the server once, gives it the path, and waits for its word that it succeeded. Otherwise you run it yourself at the server, and Ferrite gives you the path.',
    snapshot: 'Take a snapshot of the machine first',
    snapshotHint: (device: string) =>
      `${device} cannot be backed up from outside. You take a snapshot and write down its name; no step that changes the system begins before that.`,
    wayBack:
      'This system cannot be backed up from outside. One of the first steps asks you to take a snapshot of the machine and to write down its name: that is the way back, and no step that changes the system begins before it.',
  },
}
export type WindowProceduresText = typeof windowProcedures
