import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { archiveRecordSchema } from '../../../src/shared/model/record.ts'
import { refusalSchema } from '../../../src/shared/model/refused.ts'
import { Vault } from '../../../src/main/vault/vault.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { deposit } from './support/samples.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/vault-format.md'), 'utf8')

function whyNoTools(): string | undefined {
  try {
    execFileSync('sh', ['-c', 'command -v jq && command -v sha256sum'], { stdio: 'pipe' })
    return undefined
  } catch {
    return 'jq or sha256sum is not installed here'
  }
}

describe('docs/vault-format.md', () => {
  test('checks a vault by hand as it says', async (context) => {
    const why = whyNoTools()
    if (why !== undefined) context.skip(why)
    const vault = await Vault.open(join(await newFolder(), 'vault'), { createIfMissing: true })
    const records = [
      await deposit(vault, randomBytes(1000)),
      await deposit(vault, 'ä'),
      await deposit(vault, ''),
    ]
    const script = /```sh\n([^]*?)```/.exec(page)?.[1] ?? 'exit 1'
    const byHand = () =>
      execFileSync('sh', ['-c', `${script} true`], { cwd: vault.folder, stdio: 'pipe' }).toString()
    expect(byHand()).toBe('')
    const [changed, cut] = records.map(({ id }) => join(vault.folder, 'archives', id))
    writeFileSync(join(changed!, 'backup.zip'), randomBytes(1000))
    expect(byHand()).toContain('backup.zip: FAILED')
    const file = join(cut!, 'record.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('Press 7', 'Press 8'))
    expect(byHand()).toContain(`archives/${records[1]!.id}/record.json was changed`)
  })

  test('names every field of a record', () => {
    const table = page.slice(page.indexOf('`record.json`; all times'), page.indexOf('## File names'))
    for (const field of Object.keys(archiveRecordSchema.unwrap().shape))
      expect(table).toContain(`\`${field}\``)
  })

  test('names every field of a refusal', () => {
    const section = page.slice(page.indexOf('## Refused files'), page.indexOf('## File names'))
    for (const field of Object.keys(refusalSchema.unwrap().shape)) expect(section).toContain(`\`${field}\``)
  })
})
