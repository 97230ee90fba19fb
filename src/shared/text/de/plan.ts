import type { generalPlan as english } from '../en/plan.ts'

const quoted = (text: string): string => (text === '' ? '' : `: „${text}“`)

/** Deutsche Wörter für den Rahmen jeder Wiederherstellung: plan steps and remarks, by id. */
export const generalPlan: typeof english = {
  step: {
    'check-archive': () => 'Archiv noch einmal lesen und SHA-256 vergleichen',
    'check-fit': () => 'Alle Regeln auf die jetzt gelesene Identität anwenden',
    'safety-backup': () => 'Sicherheits-Backup des Geräts machen und prüfen',
    'no-safety-backup': () => 'Kein Sicherheits-Backup: Ihr Grund wird vermerkt',
    'way-back-by-person': () =>
      'Sie sorgen selbst für den Weg zurück und sagen es; vorher beginnt kein Schritt, der das System verändert',
    'confirm-identity': () => 'Identität auf derselben Verbindung noch einmal lesen',
    'write-intent': () => 'Aufschreiben, was gleich geschieht',
    report: () => 'Bericht schreiben',
  },
  sideEffect: {},
  remark: {
    'recovered-after-restart': () =>
      'Ferrite wurde geschlossen, während das Gerät verändert wurde; dies wurde danach festgestellt.',
    'proof-not-noted': () =>
      'Der Beweis, den diese Wiederherstellung erbracht hat, ließ sich nicht beim Archiv vermerken.',
    'not-written-down': () =>
      'Der Bericht konnte nicht auf die Platte geschrieben werden; bewahren Sie diesen Text auf.',
    'verified-by-person': ({ by = '?', note = '' }) =>
      `Ferrite konnte dieses Ergebnis nicht selbst lesen. ${by} hat am Gerät nachgesehen und sagt, dass es der Stand des Archivs ist${quoted(note)}.`,
    'found-by-person': ({ step = '?', by = '?', note = '' }) =>
      `Was aus dem Schritt „${step}“ wurde, war nicht bekannt. ${by} hat am Gerät nachgesehen und fand${quoted(note)}.`,
    abandoned: ({ by = '?', reason = '' }) =>
      `${by} hat diese geführte Wiederherstellung vor ihrem letzten Schritt beendet${quoted(reason)}.`,
    'nothing-changed': () =>
      'Kein Schritt, der das Gerät verändert, hatte begonnen: Es hält, was es vorher hielt.',
    'upload-left': ({ folder = '?' }) =>
      `Das Hochgeladene liegt vielleicht noch auf dem Gerät in ${folder}; es kann dort entfernt werden.`,
    'left-half-way': ({ step = '?' }) =>
      `Das Gerät kann verändert sein: Der letzte begonnene Schritt, der es verändert, ist „${step}“. Sehen Sie am Gerät nach.`,
  },
}
