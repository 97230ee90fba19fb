import type { FindingValue } from '../../model/finding.ts'
import type { genericFindings as english } from '../en/findings.ts'
import { formatSize } from '../format.ts'

/** The day of a moment that a device or its certificate tells. */
const day = (moment: FindingValue | undefined): string => moment?.value.slice(0, 10) ?? '?'

/** Deutsche Titel und Abhilfen der allgemeinen Regeln. */
export const genericFindings: typeof english = {
  'F1.equal': () => ({ title: 'Archiv und Gerät sind von derselben Art.', remedy: '' }),
  'F1.differs': ({ archiveValue, deviceValue }) => ({
    title: `Das Archiv ist von der Art ${archiveValue?.value ?? '?'}, das Gerät von der Art ${deviceValue?.value ?? '?'}.`,
    remedy: 'Wählen Sie ein Gerät der Art, die dieses Archiv gemacht hat.',
  }),
  'G1.equal': () => ({ title: 'Das Archiv ist Byte für Byte, was abgelegt wurde.', remedy: '' }),
  'G1.differs': () => ({
    title: 'Das Archiv hat sich seit der Ablage verändert.',
    remedy: 'Nicht wiederherstellen. Nehmen Sie eine andere Kopie oder machen Sie ein neues Backup.',
  }),
  'G1.not-hashed': () => ({
    title: 'Das Archiv wurde noch nicht neu geprüft.',
    remedy: 'Prüfen Sie das Archiv; eine Wiederherstellung tut das zuerst von selbst.',
  }),
  'G2.safe': () => ({ title: 'Alle Namen im Archiv sind unbedenklich.', remedy: '' }),
  'G2.unsafe': ({ facts }) => ({
    title: `Das Archiv enthält unsichere Einträge (${facts['count'] ?? '?'}).`,
    remedy: 'Nicht wiederherstellen. Klären Sie, woher das Archiv kommt, und machen Sie ein neues Backup.',
  }),
  'G2.not-opened': () => ({
    title: 'Das Archiv wurde nicht geöffnet; seine Namen sind nicht geprüft.',
    remedy: 'Öffnen Sie das Archiv einmal; eine Wiederherstellung tut das zuerst von selbst.',
  }),
  'G3.pinned': () => ({ title: 'Der Schlüssel des Geräts ist der, den Sie angenommen haben.', remedy: '' }),
  'G3.expired': ({ deviceValue }) => ({
    title: `Das Zertifikat des Geräts ist das angenommene, aber seine Zeit endete am ${day(deviceValue)}.`,
    remedy:
      'Ferrite macht weiter. Lassen Sie das Gerät ein neues Zertifikat machen, vergleichen Sie es und nehmen Sie es an.',
  }),
  'G3.not-yet-valid': ({ deviceValue }) => ({
    title: `Das Zertifikat des Geräts ist das angenommene, aber seine Zeit beginnt erst am ${day(deviceValue)}.`,
    remedy: 'Ferrite macht weiter. Prüfen Sie die Uhren des Geräts und dieses Computers.',
  }),
  'G3.not-pinned': ({ facts }) => ({
    title: `Den Schlüssel von ${facts['device'] ?? 'diesem Gerät'} hat noch niemand angenommen.`,
    remedy: 'Vergleichen Sie den Fingerabdruck mit dem, den das Gerät zeigt, und nehmen Sie ihn an.',
  }),
  'G4.enough': ({ facts }) => ({
    title: `Das Gerät hat genug Platz: ${size(facts, 'freeBytes')} frei, ${size(facts, 'neededBytes')} im Archiv.`,
    remedy: '',
  }),
  'G4.tight': ({ facts }) => ({
    title: `Der Platz auf dem Gerät ist knapp: ${size(facts, 'freeBytes')} frei, ${size(facts, 'neededBytes')} im Archiv.`,
    remedy: 'Schaffen Sie Platz auf dem Gerät: sicher ist die doppelte Größe des Archivs.',
  }),
  'G4.replaces': ({ facts }) => ({
    title: `Das Gerät hat ${size(facts, 'freeBytes')} frei und das Archiv enthält ${size(facts, 'neededBytes')}, aber das meiste ersetzt, was schon da ist.`,
    remedy: 'Meldet die Wiederherstellung zu wenig Platz, schaffen Sie Platz auf dem Gerät.',
  }),
  'G4.too-little': ({ facts }) => ({
    title: `Das Gerät hat zu wenig Platz: ${size(facts, 'freeBytes')} frei, ${size(facts, 'neededBytes')} im Archiv.`,
    remedy: 'Schaffen Sie Platz auf dem Gerät, oder stellen Sie weniger Teile wieder her.',
  }),
  'G4.archive-unknown': () => ({
    title: 'Wie viel Platz das Archiv braucht, ist nicht bekannt.',
    remedy: 'Öffnen Sie das Archiv einmal; eine Wiederherstellung tut das zuerst von selbst.',
  }),
  'G4.archive-opaque': () => ({
    title:
      'Wie viel Platz das Archiv braucht, ist nicht bekannt: in die Datei kann nur ihr Hersteller sehen.',
    remedy: 'Vergleichen Sie die Größe der Datei selbst mit dem freien Platz des Geräts.',
  }),
  'G4.device-unknown': () => ({
    title: 'Wie viel Platz das Gerät hat, ist nicht bekannt.',
    remedy: 'Sehen Sie am Gerät nach, bevor Sie ein großes Archiv wiederherstellen.',
  }),
  'G5.same-device': ({ facts }) => ({
    title: `Von ${facts['device'] ?? 'diesem Gerät'} stammt dieses Archiv. Sein jetziger Stand wird überschrieben.`,
    remedy: 'Lassen Sie Ferrite zuerst ein Sicherheits-Backup machen (voreingestellt).',
  }),
  'G5.other-device': ({ facts }) => ({
    title: `Das Archiv stammt von einem anderen Gerät. Der jetzige Stand von ${facts['device'] ?? 'diesem Gerät'} wird überschrieben.`,
    remedy:
      'Prüfen Sie, ob es das gemeinte Gerät ist, und lassen Sie zuerst ein Sicherheits-Backup machen (voreingestellt).',
  }),
  'G5.not-compared': ({ facts }) => ({
    title: `Ob das Archiv von ${facts['device'] ?? 'diesem Gerät'} stammt, ist nicht bekannt: eine Seriennummer fehlt.`,
    remedy: 'Vergleichen Sie die Seriennummern selbst, bevor Sie weitermachen.',
  }),
}

function size(facts: Readonly<Record<string, string>>, name: string): string {
  return formatSize(Number(facts[name] ?? 0), 'de')
}
