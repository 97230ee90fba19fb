import { expect, test } from 'vitest'
import { factLines } from '../../../../src/renderer/features/devices/fact-lines.ts'

test('a list stands one a line, however it is kept', () => {
  expect(factLines('linux-host', 'paths', 'etc,opt,var/lib')).toBe('etc\nopt\nvar/lib')
  expect(factLines('linux-host', 'paths', 'etc\nopt')).toBe('etc\nopt')
})

test('a folder keeps the comma in its name', () => {
  expect(factLines('deviceon-server', 'storageFolder', 'D:\\Backup, old')).toBe('D:\\Backup, old')
})
