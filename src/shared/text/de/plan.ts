import type { generalPlan as english } from '../en/plan.ts'

/** Deutsche Wörter für den Rahmen jeder Wiederherstellung: plan steps and remarks, by id. */
export const generalPlan: typeof english = {
  step: {
    'check-archive': () => 'Archiv noch einmal lesen und SHA-256 vergleichen',
    'check-fit': () => 'Alle Regeln auf die jetzt gelesene Identität anwenden',
    'safety-backup': () => 'Sicherheits-Backup des Geräts machen und prüfen',
    'no-safety-backup': () => 'Kein Sicherheits-Backup: Ihr Grund wird vermerkt',
    'confirm-identity': () => 'Identität auf derselben Verbindung noch einmal lesen',
    'write-intent': () => 'Aufschreiben, was gleich geschieht',
    report: () => 'Bericht schreiben',
  },
  sideEffect: {},
  remark: {
    'recovered-after-restart': () =>
      'Ferrite wurde geschlossen, während das Gerät verändert wurde; dies wurde danach festgestellt.',
    'not-written-down': () =>
      'Der Bericht konnte nicht auf die Platte geschrieben werden; bewahren Sie diesen Text auf.',
  },
}
