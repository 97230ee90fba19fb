import type { Answer, Reaction } from './answer.ts'
import { printed, refused } from './answer.ts'
import { parseCmdLine } from './cmd-line.ts'
import type { CommandEffect } from './faults.ts'
import { fileDigest } from './file-digest.ts'
import { powershell } from './powershell.ts'
import type { Server } from './server.ts'

/** What a command line of Windows is carried out with. */
interface Call {
  readonly server: Server
  readonly args: readonly string[]
  readonly effect: CommandEffect | undefined
}

const adapter = String.raw`\Device\Tcpip_{4A1B6C02-5D0E-4C5B-9C64-0D1FA2B7E311}`

/** Everything this Windows can do; there is no shell behind it. */
const commands: Readonly<Record<string, (call: Call) => Answer>> = {
  ver: () => printed('\nMicrosoft Windows [Version 10.0.20348.2527]\n'),
  hostname: ({ server }) => printed(`${server.hostname}\n`),
  whoami: ({ server }) =>
    printed(`${server.hostname.toLowerCase()}\\${server.options.credentials.user.toLowerCase()}\n`),
  certutil,
  fsutil,
  getmac,
  powershell: ({ server, args, effect }) => powershell(server, args, effect),
  reg: ({ server, args: [verb, key = '', option, value] }) => {
    const isKnown =
      /^(HKLM|HKEY_LOCAL_MACHINE)\\SOFTWARE\\Microsoft\\Cryptography$/i.test(key) &&
      [verb, option, value].join(' ').toLowerCase() === 'query /v machineguid'
    return isKnown
      ? printed(
          `\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\n    MachineGuid    REG_SZ    ${server.machineId}\n\n`,
        )
      : refused('ERROR: The system was unable to find the specified registry key or value.\n')
  },
  sc: ({ server, args: [verb, service = ''] }) => {
    if (verb?.toLowerCase() !== 'query' || service.toLowerCase() !== 'tomcat_iot') {
      return {
        output: `[SC] EnumQueryServicesStatus:OpenService FAILED 1060:\n\n`,
        errors: '',
        exitCode: 1060,
      }
    }
    const state = server.isRestoring || server.portal === 'down' ? '1  STOPPED' : '4  RUNNING'
    return printed(
      `\nSERVICE_NAME: Tomcat_IoT \n        TYPE               : 10  WIN32_OWN_PROCESS  \n        STATE              : ${state} \n        WIN32_EXIT_CODE    : 0  (0x0)\n`,
    )
  },
  tpmtool: ({ server, args: [verb = ''] }) =>
    verb.toLowerCase() === 'getdeviceinformation'
      ? printed(server.hasTpm ? '\n-TPM Present: True\n-TPM Version: 2.0\n' : '\n-TPM Present: False\n')
      : refused('Invalid command.\n'),
}

/** Reads one line as `cmd.exe` would, or the shell that was set in its place, and carries it out. */
export function runWindowsLine(server: Server, line: string, effect: CommandEffect | undefined): Reaction {
  if (server.options.shell === 'powershell') return powershell(server, ['-Command', line], effect)
  const words = parseCmdLine(line)
  if (words === undefined) return refused('This server carries out simple commands only.\n')
  const [program = '', ...args] = words
  const name = program.toLowerCase().replace(/\.exe$/, '')
  if (name === 'cmd' && args[0]?.toLowerCase() === '/c') {
    return runWindowsLine(server, inner(line), effect)
  }
  if (name === 'call') return runWindowsLine(server, line.replace(/^\s*call\s+/i, ''), effect)
  if (isRecoveryTool(server, program)) return 'recovery-tool'
  // An own property only: `constructor` is no command.
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command !== undefined) return command({ server, args, effect })
  return refused(
    `'${program}' is not recognized as an internal or external command,\noperable program or batch file.\n`,
  )
}

/** What follows `cmd /c`, without the quotation marks around the whole of it. */
function inner(line: string): string {
  const rest = line.replace(/^\s*cmd(\.exe)?\s+\/c\s+/i, '').trim()
  return /^""?.*"$/.test(rest) && parseCmdLine(rest)?.length !== 1 ? rest.slice(1, -1) : rest
}

function isRecoveryTool({ disk, edition }: Server, program: string): boolean {
  return disk.place(program)?.shown === disk.known(edition.recoveryTool).shown
}

function certutil({ server, args, effect }: Call): Answer {
  const [verb = '', path = '', algorithm = 'SHA1'] = args
  if (verb.toLowerCase() !== '-hashfile' || algorithm.toUpperCase() !== 'SHA256') {
    return { output: 'CertUtil: Unknown arg\n', errors: '', exitCode: 2147942487 }
  }
  const digest = fileDigest(server, path, effect)
  if (digest === undefined) {
    return {
      output:
        'CertUtil: -hashfile command FAILED: 0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)\nCertUtil: The system cannot find the file specified.\n',
      errors: '',
      exitCode: 2147942402,
    }
  }
  return printed(`SHA256 hash of ${path}:\n${digest}\nCertUtil: -hashfile command completed successfully.\n`)
}

function fsutil({ server, args, effect }: Call): Answer {
  const drive = /^([CD]):?\\?$/i.exec(args[2] ?? '')?.[1]
  if (args.slice(0, 2).join(' ').toLowerCase() !== 'volume diskfree' || drive === undefined) {
    return { output: 'Error:  The system cannot find the path specified.\n', errors: '', exitCode: 1 }
  }
  const free = effect?.effect === 'free-bytes' ? effect.freeBytes : server.freeBytes(`${drive}:/`)
  const row = (name: string, bytes: number): string =>
    `${name.padEnd(32)}: ${bytes.toLocaleString('en-US').padStart(18)} (${(bytes / 1024 ** 3).toFixed(1)} GB)\n`
  return printed(
    row('Total free bytes', free) +
      row('Total bytes', server.diskBytes) +
      row('Total quota free bytes', free),
  )
}

function getmac({ server, args }: Call): Answer {
  const options = args.map((arg) => arg.toLowerCase())
  if (options.includes('csv')) {
    const head = options.includes('/nh') ? '' : '"Physical Address","Transport Name"\n'
    return printed(`${head}"${server.macAddress}","${adapter}"\n`)
  }
  const line = '='.repeat(19)
  return printed(
    `\nPhysical Address    Transport Name                                            \n${line} ${'='.repeat(58)}\n${server.macAddress}   ${adapter}\n`,
  )
}
