import type { Answer } from './answer.ts'
import { printed, refused } from './answer.ts'
import type { CommandEffect } from './faults.ts'
import { fileDigest } from './file-digest.ts'
import type { Server } from './server.ts'

interface Cmdlet {
  readonly pattern: RegExp
  readonly answer: (server: Server, match: RegExpExecArray, effect: CommandEffect | undefined) => Answer
}

/** The expressions this PowerShell knows; white space and case do not matter. */
const cmdlets: readonly Cmdlet[] = [
  {
    pattern: /^\(Get-PSDrive (?:-Name )?['"]?([CD])['"]?\)\.Free$/i,
    answer: (server, [, drive = 'C'], effect) => {
      const free = effect?.effect === 'free-bytes' ? effect.freeBytes : server.freeBytes(`${drive}:/`)
      return printed(`${free}\n`)
    },
  },
  {
    pattern: /^\(?Get-FileHash (?=.*SHA256).*?['"]([^'"]+)['"].*\)\.Hash$/i,
    answer: (server, [, path = ''], effect) => {
      const digest = fileDigest(server, path, effect)
      return digest === undefined
        ? refused(`Get-FileHash : Cannot find path '${path}' because it does not exist.\n`)
        : printed(`${digest.toUpperCase()}\n`)
    },
  },
  {
    pattern: /^\(Get-Tpm\)\.TpmPresent$/i,
    answer: (server) => printed(server.hasTpm ? 'True\n' : 'False\n'),
  },
  {
    pattern: /^Get-Tpm$/i,
    answer: ({ hasTpm }) => {
      const value = hasTpm ? 'True' : 'False'
      const names = ['TpmPresent', 'TpmReady', 'TpmEnabled', 'TpmActivated', 'TpmOwned']
      return printed(`\n${names.map((name) => `${name.padEnd(25)} : ${value}\n`).join('')}\n\n`)
    },
  },
  {
    pattern: /^\(?Get-TpmEndorsementKeyInfo(?: -HashAlgorithm ['"]?Sha256['"]?)\)?(.*)$/i,
    answer: (server, [, rest = '']) => {
      if (!server.hasTpm) {
        return refused('Get-TpmEndorsementKeyInfo : A compatible TPM cannot be found on this computer.\n')
      }
      const hash = server.endorsementKeyHash
      if (/PublicKeyHash/i.test(rest)) return printed(`${hash}\n`)
      return printed(
        `\nIsPresent                : True\nPublicKey                : System.Security.Cryptography.AsnEncodedData\nPublicKeyHash            : ${hash}\nManufacturerCertificates : {}\nAdditionalCertificates   : {}\n\n\n`,
      )
    },
  },
  { pattern: /^\$PSVersionTable\.PSVersion\.Major$/i, answer: () => printed('5\n') },
  {
    pattern: /^\(Get-ItemProperty .*Microsoft\\Cryptography.*\)\.MachineGuid$/i,
    answer: (server) => printed(`${server.machineId}\n`),
  },
]

/** Evaluates the arguments of `powershell`: one known expression after `-Command`, or encoded. */
export function powershell(
  server: Server,
  args: readonly string[],
  effect: CommandEffect | undefined,
): Answer {
  const script = scriptIn(args)
  for (const { pattern, answer } of cmdlets) {
    const match = pattern.exec(script)
    if (match !== null) return answer(server, match, effect)
  }
  return refused(
    `${script.split(' ')[0] ?? ''} : The term is not recognized as the name of a cmdlet, function, script file, or operable program.\n`,
  )
}

function scriptIn(args: readonly string[]): string {
  const at = args.findIndex((arg) => /^-(c|command|e|ec|enc|encodedcommand)$/i.test(arg))
  const text = args.slice(at + 1).join(' ')
  const isEncoded = /^-e/i.test(args[at] ?? '')
  const script = isEncoded ? Buffer.from(text, 'base64').toString('utf16le') : text
  return script
    .split(';')
    .map((statement) => statement.trim().replaceAll(/\s+/g, ' '))
    .filter((statement) => statement !== '' && !/^(\$\w+|\[Console\]::\w+) ?=/i.test(statement))
    .join(';')
}
