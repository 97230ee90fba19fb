import type { PlanTexts } from '../plan-text.ts'

/** Deutsche Wörter für den DeviceOn-Teil eines Plans: Schritte und Nebenwirkungen, nach ihrer Kennung. */
export const deviceOnPlan = {
  step: {
    'deviceon-procedure': (facts) =>
      `Mit dem Programm des Herstellers wiederherstellen, in ${facts['count'] ?? 'mehreren'} Schritten, die Mensch und Ferrite abwechselnd gehen`,
  },
  sideEffect: {
    'baseline-erases': () =>
      'Der Server muss vorher zurückgesetzt oder neu installiert werden: Alles, was er jetzt hält, wird gelöscht.',
    'accounts-from-archive': () =>
      'Konten und Passwörter des Portals kommen aus dem Archiv: Die Anmeldung kann danach eine andere sein.',
    'portal-down': () =>
      'Solange das Programm arbeitet, ist das Portal nicht da, und Agenten werden nicht bedient.',
    'certificates-not-known': () =>
      'Ob Zertifikate des Portals im Archiv sind, ist nicht beschrieben: sie bereithalten.',
    'linux-tool-not-documented': () =>
      'Für Linux ist kein Wiederherstellungsprogramm beschrieben: vorher bei Advantech fragen.',
  },
  remark: {},
} satisfies PlanTexts
