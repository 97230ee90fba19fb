type Facts = Readonly<Record<string, string>>

/** English words for how far an archive is proven. */
export const proofTexts = {
  title: 'How far it is proven',
  column: 'Proven',
  short: { L0: 'Pulled', L1: 'Read back', L2: 'Opened', L3: 'Planned', L4: 'Restored' },
  earned: 'Earned',
  missing: 'Not earned',
  level: {
    L0: 'All bytes arrived, as many as were announced.',
    L1: 'They were read back from the disk and have the same SHA-256.',
    L2: 'The file was opened and parsed as the kind it should be.',
    L3: 'A restore was planned against a named device, and no rule stood against it.',
    L4: 'It was restored to a spare or practice device, which was read back and holds the same.',
  },
  how: (level: string, device: string, when: string) => `${level} on ${device}, ${when}`,
  atStorage: 'Earned when the archive was stored.',
  onDevice: (device: string, role: string, when: string) => `${device} (${role}), ${when}`,
  next: {
    L0: 'Verify the archive.',
    L1: 'Verify the archive.',
    L2: 'Open a restore of it to a device and look at the plan. Nothing is changed by that.',
    L3: 'Make a drill: restore it to a spare or practice device. Nothing else earns the highest level.',
    L4: 'Nothing is left to prove. Devices change: repeat the drill from time to time.',
  },
  nextStep: 'Next',
  limits: 'What cannot be proven',
  limit: {
    architecture: (facts: Facts) =>
      facts['architecture'] === 'arm64'
        ? 'The archive is of arm64 hardware. A virtual control on this computer is x64, so it can never be proven there: that takes a spare device with arm64.'
        : `The archive is of ${facts['architecture'] ?? '?'} hardware, and no spare or practice device in the inventory is known to have that processor.`,
    'own-machine': (facts: Facts) =>
      `Its secrets are bound to the TPM of the machine it came from. It can be proven on that machine alone (${facts['device'] ?? '?'}), on no spare one.`,
    'no-server': () =>
      'Only a server of its kind can take it. Without a spare one it cannot be proven: this computer cannot stand in for it.',
    'no-device': () =>
      'No device of its kind in the inventory is marked as spare or for practice, so there is nothing to make a drill on.',
  },
  drill: 'Drill …',
  drillTitle: 'Drill',
  drillIntro:
    'A drill restores the archive to a spare or practice device and compares. Only those are offered. Where the device then holds the same, the archive has earned the highest level of proof.',
  drillNone:
    'No device of this kind is marked as spare or for practice. Say what a device is for under Edit in its menu.',
  role: 'What it is for',
  roleDescription: 'Drills are made only on spare and practice devices: nobody needs what those do now.',
}
export type ProofText = typeof proofTexts
