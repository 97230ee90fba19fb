import { createHash } from 'node:crypto'

/** The hardware that can be practised. */
export type ModelId = 'X3' | 'X7' | 'virtual'

/** What sets one piece of hardware apart from another. */
export interface Model {
  readonly id: ModelId
  /** As the system information spells it. */
  readonly architecture: 'arm64' | 'x86-64'
  /** As snaps and the device characteristics spell it. */
  readonly snapArchitecture: 'arm64' | 'amd64'
  /** Folder of the compiled PLC program. */
  readonly plcArchitecture: 'linux-gcc-aarch64' | 'linux-gcc-x86_64'
  readonly image: 'arch01' | 'arch02'
  readonly isVirtual: boolean
  readonly ethernetNames: readonly string[]
  readonly memoryBytes: number
  readonly diskBytes: number
  readonly cpu: string
}

const gibibyte = 1024 ** 3

export const models: Readonly<Record<ModelId, Model>> = {
  X3: {
    id: 'X3',
    architecture: 'arm64',
    snapArchitecture: 'arm64',
    plcArchitecture: 'linux-gcc-aarch64',
    image: 'arch01',
    isVirtual: false,
    ethernetNames: ['XF10', 'XF50', 'XF51'],
    memoryBytes: 2 * gibibyte,
    diskBytes: 4 * gibibyte,
    cpu: 'Cortex-A53',
  },
  X7: {
    id: 'X7',
    architecture: 'x86-64',
    snapArchitecture: 'amd64',
    plcArchitecture: 'linux-gcc-x86_64',
    image: 'arch02',
    isVirtual: false,
    ethernetNames: ['XF10', 'XF11', 'XF12'],
    memoryBytes: 8 * gibibyte,
    diskBytes: 16 * gibibyte,
    cpu: 'Atom x6425RE',
  },
  virtual: {
    id: 'virtual',
    architecture: 'x86-64',
    snapArchitecture: 'amd64',
    plcArchitecture: 'linux-gcc-x86_64',
    image: 'arch02',
    isVirtual: true,
    ethernetNames: ['eth0'],
    memoryBytes: 4 * gibibyte,
    diskBytes: 8 * gibibyte,
    cpu: 'QEMU Virtual CPU',
  },
}

/** Who one device is: two devices of the same model differ in all of these. */
export interface HardwareIdentity {
  readonly serialNumber: string
  readonly installationId: string
  readonly uuid: string
  readonly macAddresses: readonly string[]
}

/** An identity that follows from `seed`, so that a device of the same name is the same device every time. */
export function identityFor(model: Model, seed: string): HardwareIdentity {
  const digest = createHash('sha256').update(`${model.id}/${seed}`).digest()
  const digits = (from: number, count: number): string =>
    Array.from(digest.subarray(from, from + count), (byte) => String(byte % 10)).join('')
  const hex = digest.toString('hex').toUpperCase()
  const uuid = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-')
  return {
    serialNumber: model.isVirtual ? uuid : `72${digits(0, 10)}`,
    installationId: uuid.split('-').reverse().join('-'),
    uuid,
    macAddresses: model.ethernetNames.map((_name, index) => macAddress(digest, index)),
  }
}

function macAddress(digest: Buffer, index: number): string {
  const tail = [digest[20] ?? 0, digest[21] ?? 0, ((digest[22] ?? 0) + index) % 256]
  return ['DE', 'AD', 'BE', ...tail.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase())].join('-')
}

/** The type plate as `GET /system/api/v1/typeplate` answers it. */
export function typePlate(model: Model, identity: HardwareIdentity, imageVersion: string): TypePlate {
  const store = {
    storeBrandId: 'boschrexroth',
    storeModelId: model.isVirtual ? 'rexroth-arch02-engineering' : `rexroth-${model.image}`,
    storeSerialId: identity.uuid.toLowerCase(),
  }
  if (model.isVirtual) {
    return {
      typePlateType: 'generic',
      ...store,
      manufacturer: 'Bosch Rexroth AG',
      productName: 'ctrlX COREvirtual',
      version: imageVersion,
      serialNumber: identity.serialNumber,
      uuid: identity.uuid,
      sku: 'cx_arch02_engineering',
      family: 'ctrlX CORE',
    }
  }
  return {
    typePlateType: 'ctrlXCORE',
    ctrlXDeviceId: `urn:ctrlx:device:boschrexroth:${identity.serialNumber}`,
    biosVersion: '1.4.2',
    ...store,
    manufacturer: 'Bosch Rexroth',
    serialNumber: identity.serialNumber,
    secondarySerialNumbers: [
      { type: 'assembly', serialNumber: `${identity.serialNumber}A`, name: 'mainboard' },
    ],
    materialIndex: 'AB1',
    materialNumber: model.id === 'X3' ? 'R911400000' : 'R911410000',
    typeCode: `COREX-${model.id === 'X3' ? 'C' : 'M'}-${model.id}-11-ANNN-21.01-VSRS-NN-NN`,
    hardwareRevision: model.id === 'X3' ? 'cx_x3c_a' : 'cx_x7p_a',
    ethernets: model.ethernetNames.map((name, index) => ({
      name,
      macAddress: identity.macAddresses[index] ?? '',
    })),
    netXs: [],
  }
}

interface StoreIds {
  readonly storeBrandId: string
  readonly storeModelId: string
  readonly storeSerialId: string
}

export type TypePlate =
  | (StoreIds & {
      readonly typePlateType: 'generic'
      readonly manufacturer: string
      readonly productName: string
      readonly version: string
      readonly serialNumber: string
      readonly uuid: string
      readonly sku: string
      readonly family: string
    })
  | (StoreIds & {
      readonly typePlateType: 'ctrlXCORE'
      readonly ctrlXDeviceId: string
      readonly biosVersion: string
      readonly manufacturer: string
      readonly serialNumber: string
      readonly secondarySerialNumbers: readonly { type: 'assembly'; serialNumber: string; name: string }[]
      readonly materialIndex: string
      readonly materialNumber: string
      readonly typeCode: string
      readonly hardwareRevision: string
      readonly ethernets: readonly { name: string; macAddress: string }[]
      readonly netXs: readonly never[]
    })
