#!/usr/bin/env node
/**
 * Checks a vault, and a history, without any code of Ferrite: what docs/vault-format.md promises must be enough.
 *
 *   node scripts/vaultcheck.mjs <vault folder> [--activity <activity.ndjson>] [--json]
 *
 * Prints one line for each problem and ends with code 1 where there is one. Changes nothing.
 */
import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
} from 'node:fs'
import { join } from 'node:path'

const hex64 = /^[0-9a-f]{64}$/
const idPattern = /^[0-9]{8}t[0-9]{6}z-[a-z0-9-]+-[a-z0-9]{6}$/
const droppings =
  /^(\._.*|\.Trash.*|\.DS_Store|\.Spotlight-V100|\.fseventsd|Thumbs\.db|desktop\.ini|lost\+found)$/

/** @type {string[]} */
const problems = []
/** @typedef {{ id: string, sha256: string, sizeBytes: number }} Whole */
/** @type {Whole[]} */
const archives = []
/** @type {Whole[]} */
const refused = []

/** @param {string} place @param {string} what */
function report(place, what) {
  problems.push(`${place}: ${what}`)
}

/** @param {string | Buffer} bytes */
function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

/** @param {string} file */
function isPlainFile(file) {
  const stat = lstatSync(file, { throwIfNoEntry: false })
  return stat !== undefined && stat.isFile()
}

/** @param {string} file */
function digest(file) {
  const handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const hash = createHash('sha256')
    const block = Buffer.alloc(1 << 20)
    for (;;) {
      const length = readSync(handle, block, 0, block.length, null)
      if (length === 0) break
      hash.update(block.subarray(0, length))
    }
    return { sha256: hash.digest('hex'), sizeBytes: fstatSync(handle).size }
  } finally {
    closeSync(handle)
  }
}

/**
 * A JSON file whose last line but one holds the SHA-256 of all bytes before it.
 * @param {string} file
 * @returns {Record<string, unknown> | undefined}
 */
function readChecked(file) {
  if (!isPlainFile(file)) {
    report(file, 'is missing or no plain file')
    return undefined
  }
  const text = readFileSync(file)
  const start = text.lastIndexOf('\n  "check": "') + 1
  const line = text.subarray(start).toString('latin1')
  if (start === 0 || line !== `  "check": "${sha256(text.subarray(0, start))}"\n}\n`) {
    report(file, 'does not match its check line')
    return undefined
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text))
  } catch (error) {
    report(file, `is not JSON: ${String(error)}`)
    return undefined
  }
}

/** @param {string} file */
function isJson(file) {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)))
    return true
  } catch {
    // Neither UTF-8 nor JSON: the caller reports it.
    return false
  }
}

const archiveFields = ['origin', 'family', 'device', 'source', 'takenAt', 'container', 'scope', 'proof']
const refusalFields = ['origin', 'takenAt', 'refusedAt', 'scope', 'failure']

/**
 * A folder with a content and the one file that describes it.
 * @param {string} folder @param {string} id @param {string} described @param {readonly string[]} fields
 * @returns {Whole | undefined}
 */
function checkFolder(folder, id, described, fields) {
  const before = problems.length
  const file = join(folder, described)
  const record = readChecked(file)
  if (record === undefined) return undefined
  const { format, fileName, sizeBytes, container } = record
  if (format !== 1) report(file, `has format ${String(format)}`)
  if (record['id'] !== id) report(file, `says that it is ${String(record['id'])}`)
  for (const field of fields) if (record[field] === undefined) report(file, `has no ${field}`)
  if (typeof fileName !== 'string' || /^\.|[/\\\0]|\.part$/.test(fileName) || fileName === described) {
    report(file, `names no plain file: ${JSON.stringify(fileName)}`)
    return undefined
  }
  if (typeof record['sha256'] !== 'string' || !hex64.test(record['sha256'])) report(file, 'has no SHA-256')
  for (const name of readdirSync(folder)) {
    const known = name === described || name === fileName || droppings.test(name)
    if (!known) report(join(folder, name), 'does not belong to the archive')
  }
  const content = join(folder, fileName)
  if (!isPlainFile(content)) {
    report(content, 'is missing or no plain file')
    return undefined
  }
  const found = digest(content)
  if (found.sizeBytes !== sizeBytes) report(content, `has ${found.sizeBytes} bytes, not ${String(sizeBytes)}`)
  if (found.sha256 !== record['sha256']) report(content, `has the SHA-256 ${found.sha256}`)
  if (container === 'json' && !isJson(content)) report(content, 'is no JSON document')
  // Whoever looks for archives must not find one here.
  if (described === 'refusal.json' && record['proof'] !== undefined) report(file, 'claims a proof')
  return problems.length === before ? { id, ...found } : undefined
}

/**
 * Every folder of one place with its description.
 * @param {string} place @param {string} described @param {readonly string[]} fields @param {Whole[]} whole
 */
function checkFolders(place, described, fields, whole) {
  for (const name of readdirSync(place).toSorted()) {
    const folder = join(place, name)
    if (droppings.test(name)) continue
    if (!idPattern.test(name) || !lstatSync(folder).isDirectory()) {
      report(folder, described === 'record.json' ? 'is no archive' : 'is no refused file')
      continue
    }
    const found = checkFolder(folder, name, described, fields)
    if (found) whole.push(found)
  }
}

/**
 * What was learnt of archives later. The folder is optional; a file whose archive is gone is no problem of the vault.
 * @param {string} folder
 */
function checkAnnotations(folder) {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return
  for (const name of readdirSync(folder).toSorted()) {
    const file = join(folder, name)
    // Leftovers of a crash while one was written.
    if (droppings.test(name) || /\.(tmp|lock)\b/.test(name)) continue
    const id = name.replace(/\.json$/, '')
    if (!name.endsWith('.json') || !idPattern.test(id)) report(file, 'is no annotation')
    else checkAnnotation(file, id)
  }
}

/** @param {string} file @param {string} id */
function checkAnnotation(file, id) {
  const found = readChecked(file)
  if (found === undefined) return
  if (found['format'] !== 1) report(file, `has format ${String(found['format'])}`)
  if (found['archiveId'] !== id) report(file, `says that it is about ${String(found['archiveId'])}`)
  const { proofs } = found
  if (!Array.isArray(proofs)) report(file, 'has no proofs')
  else
    for (const { level, deviceRole, planHash } of proofs) {
      if (!hex64.test(planHash)) report(file, 'holds a proof without the hash of its plan')
      if (level === 'L4' && deviceRole === 'production') report(file, 'holds a drill on a production device')
    }
}

/** @param {string} vault */
function checkVault(vault) {
  const head = readChecked(join(vault, 'vault.json'))
  if (head === undefined) return
  if (head['format'] !== 1) report(join(vault, 'vault.json'), `has format ${String(head['format'])}`)
  checkFolders(join(vault, 'archives'), 'record.json', archiveFields, archives)
  const place = join(vault, 'refused')
  if (lstatSync(place, { throwIfNoEntry: false }) !== undefined)
    checkFolders(place, 'refusal.json', refusalFields, refused)
  checkAnnotations(join(vault, 'annotations'))
}

/**
 * Every line holds the hash of itself, up to the field `hash`, and of the line before. A torn line is closed by a
 * later entry `recovered` with its length and hash.
 * @param {string} file
 */
function checkActivity(file) {
  let previous = '0'.repeat(64)
  let sequence = 0
  /** @type {Map<string, number>} */
  const open = new Map()
  const lines = readFileSync(file).toString('latin1').split('\n')
  for (const [index, latin1] of lines.entries()) {
    if (latin1 === '' && index === lines.length - 1) break
    const bytes = Buffer.from(latin1, 'latin1')
    const found = /,"hash":"([0-9a-f]{64})"\}$/.exec(latin1)
    /** @type {any} */
    let entry
    try {
      if (found) entry = JSON.parse(bytes.toString('utf8'))
    } catch {
      // Not JSON: counted as torn below, and reported unless a later entry closes it.
    }
    if (!found || entry === undefined) {
      open.set(`${bytes.length} ${sha256(bytes)}`, index + 1)
      continue
    }
    const place = `${file} line ${index + 1}`
    if (sha256(Buffer.from(latin1.slice(0, found.index), 'latin1')) !== found[1]) report(place, 'was changed')
    if (entry.sequence !== sequence + 1) report(place, `has number ${entry.sequence} after ${sequence}`)
    else if (entry.previous !== previous) report(place, 'does not follow the line before')
    ;({ sequence } = entry)
    previous = entry.hash
    if (entry.action === 'recovered') open.delete(`${entry.facts.sizeBytes} ${entry.facts.sha256}`)
    else for (const line of open.values()) report(`${file} line ${line}`, 'is unreadable')
    if (entry.action !== 'recovered') open.clear()
  }
}

const args = process.argv.slice(2)
const asJson = args.includes('--json')
const history = args.includes('--activity') ? args[args.indexOf('--activity') + 1] : undefined
const vault = args.find((arg) => !arg.startsWith('--') && arg !== history)

if (vault === undefined && history === undefined) {
  process.stderr.write('usage: vaultcheck.mjs <vault folder> [--activity <file>] [--json]\n')
  process.exit(2)
}
try {
  if (vault !== undefined) checkVault(vault)
  if (history !== undefined) checkActivity(history)
} catch (error) {
  report(vault ?? history ?? '', String(error))
}
if (asJson) process.stdout.write(`${JSON.stringify({ archives, refused, problems })}\n`)
else
  process.stdout.write(
    [
      ...problems,
      `${archives.length} whole archives, ${refused.length} refused files, ${problems.length} problems`,
      '',
    ].join('\n'),
  )
process.exitCode = problems.length === 0 ? 0 : 1
