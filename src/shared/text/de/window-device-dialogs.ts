import type { FamilyId } from '../../model/family-id.ts'
import { deviceOnFacts } from './facts-deviceon.ts'
import { endpointProtectorFacts } from './facts-endpoint-protector.ts'
import type { FamilyFormText, WindowDeviceDialogsText } from '../en/window-device-dialogs.ts'

const families: Readonly<Record<FamilyId, FamilyFormText>> = {
  'ctrlx-core': {
    description: 'X3, X5, X7 und virtuell, über HTTPS',
    addressExample: '192.168.1.1',
    userExample: 'boschrexroth',
    whereToCompare:
      'Öffnen Sie die Webseite des Geräts über ein Kabel, von dem Sie wissen, wo es endet, lassen Sie sich im Browser das Zertifikat zeigen und vergleichen Sie seinen SHA-256-Fingerabdruck.',
    facts: {},
  },
  'deviceon-server': {
    description: 'Advantech-DeviceOn-Server, über SSH',
    addressExample: '192.168.1.40',
    userExample: 'Administrator',
    whereToCompare:
      'Geben Sie am Server selbst, nicht über das Netz, ein: ssh-keygen -lf C:\\ProgramData\\ssh\\ssh_host_ed25519_key.pub (unter Linux /etc/ssh/ssh_host_ed25519_key.pub).',
    facts: deviceOnFacts,
  },
  'endpoint-protector': {
    description: 'Appliance Netwrix Endpoint Protector, über HTTPS beobachtet',
    addressExample: '192.168.1.60',
    userExample: 'root',
    whereToCompare:
      'Öffnen Sie die Webkonsole über ein Kabel, dessen Ende Sie kennen, lassen Sie den Browser das Zertifikat zeigen und vergleichen Sie den SHA-256-Fingerabdruck.',
    facts: endpointProtectorFacts,
  },
  'linux-host': {
    description: 'Steuerungen, Gateways und Server, über SSH',
    addressExample: '192.168.1.20 oder gateway.werk.local:22',
    userExample: 'root',
    whereToCompare:
      'Geben Sie an der Konsole des Geräts selbst, nicht über das Netz, ein: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub (oder _ecdsa_key, _rsa_key).',
    facts: {
      paths: {
        label: 'Ordner, die gesichert werden',
        description:
          'Einer je Zeile, vom Stammordner aus. Bleibt es leer: etc, home, opt, root, srv, usr/local, var/lib.',
      },
      services: {
        label: 'Dienste, die nach einer Wiederherstellung neu starten',
        description: 'Namen von systemd-Units, einer je Zeile.',
      },
      root: {
        label: 'Stammordner',
        description: 'Der Ordner, von dem aus die anderen gelten.',
        placeholder: '/',
      },
      stagingFolder: {
        label: 'Ordner für Hochgeladenes',
        description: 'Hier liegt bei einer Wiederherstellung das Archiv auf dem Gerät, bis es entpackt ist.',
        placeholder: '/var/tmp',
      },
      mayDiffer: {
        label: 'Ordner, die sich von selbst ändern',
        description: 'Unterschiede dort wecken keinen Zweifel an einer Wiederherstellung. Einer je Zeile.',
      },
    },
  },
  'node-red': {
    description: 'Node-RED auf Edge-Geräten, über HTTPS',
    addressExample: '192.168.1.70:1880',
    userExample: 'admin',
    whereToCompare:
      'Geben Sie am Gerät selbst ein: openssl x509 -noout -fingerprint -sha256 -in <das Zertifikat, das settings.js unter „https“ nennt>.',
    facts: {
      adminRoot: {
        label: 'Pfad des Editors',
        description:
          'Wo er nicht an der Wurzel liegt: httpAdminRoot in settings.js, oder der Pfad, den ein Proxy davorsetzt.',
        placeholder: '/red',
      },
    },
  },
}

/** Deutsche Wörter der Dialoge zu Geräten: hinzufügen, Fingerabdrücke, bearbeiten, entfernen, sichern. */
export const windowDeviceDialogs: WindowDeviceDialogsText = {
  families,
  adding: {
    title: 'Gerät hinzufügen',
    titleOf: (device) => `${device} hinzufügen`,
    steps: {
      describe: 'Gerät',
      compare: 'Fingerabdruck',
      password: 'Passwort',
      identity: 'Identität',
    },
    kind: 'Art des Geräts',
    name: 'Name',
    nameDescription:
      'Diesen Namen tippen Sie, um eine Wiederherstellung zu bestätigen. Am besten so, wie er an der Maschine steht.',
    address: 'Adresse',
    addressDescription: 'Ein Name oder eine IP-Adresse, mit Port, wenn es nicht der übliche ist.',
    user: 'Benutzer',
    optional: 'freiwillig',
    more: 'Weitere Einstellungen',
    errors: {
      nameEmpty: 'Geben Sie einen Namen ein.',
      nameTaken: 'Ein anderes Gerät heißt schon so.',
      nameOdd: 'Ein Name ist eine Zeile ohne Steuerzeichen.',
      addressEmpty: 'Geben Sie die Adresse ein.',
      addressOdd: 'Das ist keine Adresse: ein Name oder eine IP-Adresse, vielleicht mit „:“ und Port.',
      userEmpty: 'Geben Sie den Benutzer für die Anmeldung ein.',
    },
    connect: 'Verbinden',
    connectNote:
      'Ferrite verbindet sich ohne Benutzernamen und Passwort und zeigt Ihnen den Fingerabdruck des Geräts.',
    compareTitle: 'Vergleichen Sie mit dem, was das Gerät zeigt',
    compareWhy:
      'Einmal verglichen, merkt Ferrite von nun an, wenn unter dieser Adresse ein anderes Gerät antwortet. Bevor Sie ihn annehmen, wird weder Benutzername noch Passwort gesendet.',
    offered: { ssh: 'Host-Schlüssel des Geräts', tls: 'Zertifikat des Geräts' },
    detailsTitle: { ssh: 'Was der Schlüssel von sich sagt', tls: 'Was das Zertifikat von sich sagt' },
    details: {
      keyType: 'Art des Schlüssels',
      subject: 'Ausgestellt für',
      issuer: 'Ausgestellt von',
      notBefore: 'Gültig ab',
      notAfter: 'Gültig bis',
    },
    paste: 'Fingerabdruck, den das Gerät zeigt',
    pasteDescription: 'Hier eingetippt oder eingefügt, vergleicht Ferrite ihn für Sie.',
    equal: 'Sie sind gleich.',
    differ:
      'Sie unterscheiden sich. Nehmen Sie ihn nicht an: Prüfen Sie Adresse und Kabel und fragen Sie, wer dieses Gerät betreut.',
    acceptCompared: 'Verglichen: gleich',
    acceptBlind: 'Ohne Vergleich annehmen',
    blindNote:
      'Ohne Vergleich vertrauen Sie dem, was jetzt unter dieser Adresse antwortet. Das Gerät wird so gekennzeichnet, und Sie können später vergleichen.',
    goBack: 'Zurück',
    passwordTitle: 'Anmelden',
    passwordWhy: (device) =>
      `${device} steht in Ihrer Liste. Mit dem Passwort kann Ferrite lesen, was es ist, und es sichern.`,
    logIn: 'Anmelden und Identität lesen',
    later: 'Später',
    reading: 'Ferrite liest, was das Gerät von sich sagt',
    readingNote: 'Sie dürfen das schließen: Das Lesen geht weiter, und die Liste zeigt das Ergebnis.',
    tryAgain: 'Noch einmal versuchen',
    otherPassword: 'Anderes Passwort',
    doneTitle: (device) => `${device} ist bereit`,
    doneNext: 'Machen Sie jetzt das erste Backup: Erst dann gibt es etwas wiederherzustellen.',
    doneNextImport:
      'Seine Backups entstehen in seiner eigenen Konsole. Importieren Sie eines, oder nennen Sie unter „Weitere Befehle“ den Ordner, in den es sie schreibt.',
    backUpNow: 'Jetzt sichern',
    close: 'Schließen',
  },
  pin: {
    title: (device) => `Fingerabdruck von ${device}`,
    asking: 'Das Gerät wird nach seinem Fingerabdruck gefragt',
    stop: (device) => `Halt: ${device} zeigt nicht den Fingerabdruck, der für es angenommen ist.`,
    stopWhy:
      'Entweder wurde das Gerät ersetzt, zurückgesetzt oder hat einen neuen Schlüssel bekommen, oder unter seiner Adresse antwortet ein anderes. Klären Sie das, bevor Sie weitergehen: Die nächste Anmeldung gibt das Passwort dem, was antwortet.',
    safe: 'Weder Benutzername noch Passwort wurden gesendet.',
    same: 'Das Gerät zeigt den angenommenen Fingerabdruck. Es ist nichts zu tun.',
    first:
      'Für dieses Gerät ist noch kein Fingerabdruck angenommen. Vergleichen Sie ihn, bevor Sie ihn annehmen.',
    accepted: (local) => `Angenommen am ${local}`,
    shown: 'Jetzt gezeigt',
    how: 'Woher wissen Sie, dass dies das richtige Gerät ist?',
    compared: 'Ich habe den neuen Fingerabdruck mit dem verglichen, was das Gerät selbst zeigt',
    blind: 'Ich habe ihn nicht verglichen und vertraue dem, was jetzt unter dieser Adresse antwortet',
    typeEnd: 'Tippen Sie die letzten acht Zeichen des jetzt gezeigten Fingerabdrucks',
    typeEndDescription: 'Sie sind oben markiert.',
    endWrong: 'Das sind nicht die letzten acht Zeichen.',
    accept: 'Neuen Fingerabdruck annehmen',
    keep: 'Beim angenommenen bleiben',
    acceptedNow: (device) => `Der neue Fingerabdruck von ${device} ist angenommen.`,
  },
  moving: {
    title: (device) => `${device} an eine andere Adresse bringen`,
    address: 'Neue Adresse',
    look: 'Diese Adresse ansehen',
    lookNote: 'Ferrite verbindet sich ohne Benutzernamen und Passwort und ändert noch nichts.',
    fromTo: (former, address) => `${former} → ${address}`,
    same: 'Die neue Adresse zeigt den Fingerabdruck, der für dieses Gerät angenommen ist.',
    differs: (device) =>
      `Die neue Adresse zeigt einen anderen Fingerabdruck als den für ${device} angenommenen. Das ist richtig, wenn das Gerät neu eingerichtet wurde, und falsch, wenn dort ein anderes antwortet.`,
    move: 'Dorthin bringen',
    stay: 'Bei der bisherigen Adresse bleiben',
    moved: (device, address) => `${device} steht von nun an unter ${address}.`,
  },
  editing: {
    title: (device) => `${device} bearbeiten`,
    addressNote:
      'Die Adresse gehört zum Fingerabdruck und hat ihren eigenen Dialog: „Andere Adresse…“ im Menü des Geräts.',
    tags: 'Schlagwörter',
    tagsDescription: 'Durch Kommas getrennt. Die Suche findet sie.',
    save: 'Speichern',
  },
  removing: {
    title: (device) => `${device} aus der Liste entfernen?`,
    titleMany: (devices) => `${devices} Geräte aus der Liste entfernen?`,
    stays: (archives) =>
      archives === '0'
        ? 'Im Tresor liegt kein Archiv davon. Passwort und Fingerabdruck werden vergessen; am Gerät wird nichts verändert.'
        : `Seine Archive (${archives}) bleiben im Tresor. Passwort und Fingerabdruck werden vergessen; am Gerät wird nichts verändert.`,
    staysMany:
      'Ihre Archive bleiben im Tresor. Passwörter und Fingerabdrücke werden vergessen; an den Geräten wird nichts verändert.',
    busy: (devices) =>
      `Auf ${devices} läuft ein Auftrag. Warten Sie sein Ende ab oder brechen Sie ihn zuerst ab.`,
    remove: 'Entfernen',
  },
  backup: {
    title: (device) => `${device} sichern`,
    titleMany: (devices) => `${devices} Geräte sichern`,
    asking: (device) => `${device} wird gefragt, was gesichert werden kann`,
    parts: 'Was hineinkommt',
    all: 'Alle Teile',
    partsChosen: (chosen, all) => `${chosen} von ${all}`,
    noParts: 'Das Gerät bietet mit dieser Anmeldung nichts an, was gesichert werden könnte.',
    leftOut: 'Was fehlt, und warum',
    nothingLeftOut: 'Von diesen Teilen fehlt nichts. Was nicht dazugehört, kommt nicht hinein.',
    password: 'Passwort für das Archiv',
    passwordDescription:
      'Damit kommen auch Passwörter und private Schlüssel des Geräts hinein. Ferrite behält es nicht: Ohne dieses Passwort lassen sie sich nicht wiederherstellen.',
    passwordAgain: 'Dasselbe Passwort noch einmal',
    passwordsDiffer: 'Die beiden sind nicht gleich.',
    note: 'Notiz',
    notePlaceholder: 'Wozu dieses Backup gemacht wird',
    start: 'Backup starten',
    startMany: (devices) => `${devices} Backups starten`,
    whole: 'Von jedem Gerät kommen alle Teile hinein. Mehrere laufen gleichzeitig, eines je Gerät.',
    willAsk: (devices) => `Ferrite fragt nach dem Passwort von ${devices}.`,
    willSkipBusy: (devices) => `Ausgelassen, weil ein Auftrag läuft: ${devices}.`,
    oneDevice: '1 Gerät',
    someDevices: (devices) => `${devices} Geräten`,
    atLeastOne: 'Wählen Sie mindestens einen Teil.',
    footNote: 'Ein Backup liest nur: Die Einstellungen des Geräts bleiben, wie sie sind.',
  },
}
