import type { WindowPreviewText } from '../en/window-preview.ts'

/** German words of the preview of one file of an archive. */
export const windowPreview: WindowPreviewText = {
  image: (width, height) => `Bild, ${String(width)} × ${String(height)} Bildpunkte`,
  imageTools: 'Größe des Bildes',
  fit: 'In die Ansicht einpassen',
  imageDamaged:
    'Das Bild ist beschädigt: Es lässt sich nicht zeichnen. Nehmen Sie die Datei heraus, um sie mit einem anderen Programm anzusehen.',
  textTools: 'Darstellung des Textes',
  wrap: 'Lange Zeilen umbrechen',
  covered: (count, isOne) => (isOne ? 'Ein Geheimnis ist verdeckt.' : `${count} Geheimnisse sind verdeckt.`),
  reveal: (isOne) => (isOne ? 'Zeigen' : 'Alle zeigen'),
  revealed: 'Geheimnisse stehen da, wie sie in der Datei stehen.',
  conceal: 'Verdecken',
  opensAs: {
    zip: 'Das ist ein ZIP-Archiv.',
    tar: 'Das ist ein tar-Archiv.',
    'tar.gz': 'Das ist ein komprimiertes tar-Archiv.',
  },
  open: 'Öffnen',
  tooDeep:
    'Ferrite geht nicht tiefer als drei Archive ineinander. Nehmen Sie diese Datei heraus und importieren Sie sie, um weiterzugehen.',
  bytesTruncated: (shown, whole) =>
    `Die ersten ${shown} von ${whole} lassen sich ansehen. Nehmen Sie die Datei heraus, um alles zu haben.`,
  bytesUnread: 'Einige Bytes ließen sich nicht lesen.',
  password: {
    title: 'Diese Datei ist verschlüsselt.',
    label: 'Passwort des Archivs',
    description: 'Es gilt, solange das Archiv offen ist, und wird nirgends gespeichert.',
    submit: 'Entsperren',
    wrong: 'Das ist nicht das Passwort, oder die Datei ist beschädigt.',
  },
}
