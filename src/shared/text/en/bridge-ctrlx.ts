import type { BridgeTexts } from '../plan-text.ts'
import { formatSize } from '../format.ts'

type Facts = Readonly<Record<string, string>>

const of = (facts: Facts, name: string): string => facts[name] ?? '?'

const interruptions: Readonly<Record<string, string>> = {
  reboot: ' The device restarts.',
  logout: ' Every login ends for a moment.',
}

const fileOf = (facts: Facts): string =>
  `${of(facts, 'app')} ${of(facts, 'version')} for ${of(facts, 'architecture')}`

/** English words for making a ctrlX pair fit: steps, what to bring, and the way back, by id. */
export const ctrlxBridge = {
  step: {
    'use-full-access': (facts) =>
      `Log in with a user that has full access (${of(facts, 'right')}): let the administrator of the device create one, and enter it for this device.`,
    'make-machine-safe': () =>
      'Bring the machine into a safe state: control tasks stop, and the device restarts several times.',
    'safety-backup': () => 'Make a safety backup of the device and verify it.',
    'go-to-service': () => 'Bring the device to SERVICE: it takes apps in no other state.',
    'change-app': (facts) =>
      facts['from'] === ''
        ? `Install ${of(facts, 'app')} ${of(facts, 'to')}, and see that it runs.`
        : `Bring ${of(facts, 'app')} from ${of(facts, 'from')} to ${of(facts, 'to')}, and see that it runs.${interruptions[facts['interruption'] ?? ''] ?? ''}`,
    'bring-state-back': () => 'Bring the device back to its former operating state.',
    'check-again': (facts) =>
      `Check the pair again: the device must have the system version ${of(facts, 'version')}. Then restore.`,
  },
  bring: {
    'app-file': (facts) => `App file of ${fileOf(facts)}`,
    'former-app-file': (facts) => `For the way back: app file of ${fileOf(facts)}`,
    room: (facts) =>
      `Room on the device for the largest app file and the app beside its former version; now ${formatSize(Number(facts['freeBytes'] ?? 0), 'en')} are free`,
    login: (facts) => `User and password with full access (${of(facts, 'right')})`,
  },
  wayBack: {
    'apps-back': (facts) =>
      `Bring the apps back to their former versions the same way: ${of(facts, 'apps')}.`,
    'restore-safety': () => 'Then restore the safety backup that was made first.',
  },
} satisfies BridgeTexts
