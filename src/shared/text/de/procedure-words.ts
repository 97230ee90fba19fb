import type { ProcedureWords } from '../en/procedure-words.ts'

/** Deutsche Wörter für geführte Wiederherstellungen, auf der Kommandozeile und im Fenster. */
export const procedureWords: ProcedureWords = {
  kind: {
    automatic: 'macht Ferrite',
    assisted: 'machen Sie, Ferrite hilft',
    confirmed: 'machen Sie',
  },
  phase: {
    ahead: 'kommt noch',
    running: 'läuft',
    done: 'getan',
    failed: 'nicht gelungen',
    unclear: 'nicht bekannt: am Gerät nachsehen',
  },
  due: 'jetzt',
  standing: {
    'for-you': (step) => `wartet auf Sie: ${step}`,
    'for-ferrite': (step) => `kann weitergehen: ${step}`,
    running: (step) => `läuft: ${step}`,
    failed: (step) => `nicht gelungen: ${step}`,
    unclear: (step) => `nicht bekannt, was daraus wurde: ${step}`,
    'to-report': () => 'alle Schritte sind getan; der Bericht ist noch zu schreiben',
  },
  by: (who) => (who === 'ferrite' ? 'Ferrite' : who),
  changes: 'Von hier an wird das Gerät verändert',
  planned: (steps, yours) =>
    `Eine geführte Wiederherstellung mit ${String(steps)} Schritten, davon ${String(yours)} für Sie:`,
  next: {
    confirm: 'Wenn es getan ist:',
    note: 'was Sie gesehen haben',
    run: 'Weiter mit:',
    unclear: 'Sehen Sie zuerst am Gerät nach. Schreiben Sie dann auf, was Sie gefunden haben:',
    abandon: 'Hier beenden mit:',
    reason: 'warum',
  },
  none: 'Noch keine geführte Wiederherstellung.',
}
