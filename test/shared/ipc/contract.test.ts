import { expect, test } from 'vitest'
import { events, requests } from '../../../src/shared/ipc/contract.ts'
import { eventNames, requestNames } from '../../../src/shared/ipc/names.ts'
import { z } from '../../../src/shared/schema.ts'

/** The names of all fields that a schema takes, however deep. */
function fieldsOf(schema: unknown): readonly string[] {
  const text = JSON.stringify(z.toJSONSchema(schema as z.ZodType, { unrepresentable: 'any', io: 'input' }))
  const found: string[] = []
  JSON.parse(text, (key: string, value: unknown) => {
    if (key === 'properties' && typeof value === 'object' && value !== null) found.push(...Object.keys(value))
    return value
  })
  return found
}

test('the preload lets exactly the requests and events of the contract through', () => {
  expect([...requestNames].toSorted()).toEqual(Object.keys(requests).toSorted())
  expect([...eventNames].toSorted()).toEqual(Object.keys(events).toSorted())
})

test('no request has a field for a path, a place to open, a command or a pattern', () => {
  const forbidden = /path|file|dir|url|href|command|sql|regex|script/i
  for (const [name, { input }] of Object.entries(requests)) {
    const bad = fieldsOf(input).filter((field) => forbidden.test(field))
    expect(bad, name).toEqual([])
  }
})

test('the check of the field names bites', () => {
  expect(fieldsOf(z.strictObject({ deep: z.array(z.strictObject({ filePath: z.string() })) }))).toContain(
    'filePath',
  )
})

test.each([
  ['devices.remove', { id: '../../etc/passwd' }],
  ['devices.remove', { id: 'dev-abcdefabcdef', extra: 1 }],
  ['archives.export', { archiveId: 'C:\\x' }],
  ['restore.start', { planId: 'plan-abcdefabcdef' }],
  ['settings.change', { language: 'fr' }],
  ['settings.change', JSON.parse('{"__proto__": {"polluted": true}, "x": 1}')],
  ['devices.list', 'not nothing'],
  ['jobs.cancel', { id: Number.NaN }],
] as const)('%s refuses what it does not take', (name, message) => {
  expect(requests[name].input.safeParse(message).success).toBe(false)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})
