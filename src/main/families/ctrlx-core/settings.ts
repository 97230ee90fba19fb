import type { SettingsReader } from '../archive-reader.ts'
import { readSetupText } from './archive.ts'
import { settingsNoise } from './noise.ts'

/** The setup file of an archive, which `/setupinfo` tells as it would be now. The inside of a legacy tar is not documented. */
export const settings: SettingsReader = {
  noise: settingsNoise,
  read: async (archive, signal) =>
    archive.container === 'zip' ? await readSetupText(archive, signal) : undefined,
}
