import type { Restriction } from '../../model/archive-verdict.ts'
import type { ArchiveVerdictText } from '../en/archive-verdict.ts'

/** German words for why an entry is not taken out as it is. */
export const restrictionReasons: Readonly<Record<Restriction, string>> = {
  'unsafe-name':
    'ein Name, der nicht auf jedem System sicher ist; beim Entnehmen kann er einen sicheren bekommen',
  link: 'eine Verknüpfung; niemand weiß, wohin sie hier führen würde',
  special: 'ein Gerät, eine Pipe oder ein Programm mit besonderen Rechten',
  encrypted: 'verschlüsselt; das Passwort öffnet es',
  collision:
    'ein Name, der sich von einem anderen nur in Großschreibung oder Akzenten unterscheidet, sodass unklar ist, welcher gemeint ist',
}

/** German words for what an archive is worth, found when it was opened. */
export const archiveVerdict: ArchiveVerdictText = {
  title: 'Urteil',
  ok: 'OK',
  okTitle: 'Das ganze Archiv wurde beim Öffnen geprüft. Alles darin lässt sich entnehmen.',
  view: 'Mit Einschränkungen',
  viewShort: 'Teils',
  viewTitle: 'Es lässt sich ansehen. Einige Einträge werden nicht so entnommen, wie sie sind.',
  notice: 'Einiges lässt sich ansehen, wird aber nicht so entnommen, wie es ist:',
  line: (count, why, isOne) => `${count} ${isOne ? 'Eintrag' : 'Einträge'}: ${why}. Zum Beispiel:`,
  own: 'Wiederherstellen lässt es sich trotzdem: Ferrite selbst hat genau diese Bytes vom Gerät geholt.',
  imported:
    'Es wurde importiert, deshalb steht niemand für diese Einträge ein: Wo sie nicht sicher sind, wird es nicht wiederhergestellt.',
  unknown: 'Nicht bekannt',
  notWritten: 'Es wurde gespeichert, bevor Ferrite das festhielt. Sehen Sie hinein, dann steht es da.',
  opaque: 'Diese Datei liest nur die Art von Server, die sie gemacht hat. Niemand hat hineingesehen.',
}
