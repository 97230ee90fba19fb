/** Longer texts are no names. */
const longestText = 200

/** The settings of an os-release file; quotes and backslashes as in a shell (os-release(5)). */
export function parseOsRelease(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.trim()) ?? []
    if (name === undefined) continue
    const [, quoted] = /^(?:"(.*)"|'.*')$/.exec(value) ?? []
    const plain = quoted === undefined ? value.replace(/^'(.*)'$/, '$1') : quoted.replace(/\\(.)/g, '$1')
    settings.set(name, plain)
  }
  return settings
}

/** `debian 12`; rolling releases have no version and give their id alone. Empty where nothing is known. */
export function systemVersionOf(osRelease: ReadonlyMap<string, string>): string {
  return oneLine(`${osRelease.get('ID') ?? ''} ${osRelease.get('VERSION_ID') ?? ''}`)
}

/** The first line of a device's answer, without what ends a C string and cut to what a person reads. */
export function oneLine(text: string): string {
  const [first = ''] = text.replaceAll('\0', '').trim().split('\n')
  return first.trim().slice(0, longestText)
}
