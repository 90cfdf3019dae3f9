/** The rows of SaleSpider's tables. Dates are moments; the database keeps them in UTC. */
export type UserRow = {
  id: string
  email: string
  username: string
  name: string
  password: string
  role: 'SUPER_ADMIN' | 'MANAGER' | 'CASHIER'
  status: 'ACTIVE' | 'INACTIVE'
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
}

export type ProductRow = {
  id: string
  name: string
  description: string
  category: string
  price: number
  quantity: number
  lowStockMargin: number
  gtin: string
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
}

export type PaymentMode = 'CASH' | 'CARD' | 'BANK_TRANSFER' | 'OTHER'

export type SaleRow = {
  id: string
  cashierId: string
  subtotal: number
  vatAmount: number
  vatPercentage: number
  totalAmount: number
  paymentMode: PaymentMode
  createdAt: Date
  updatedAt: Date
}

export type SaleItemRow = {
  id: string
  saleId: string
  productId: string
  quantity: number
  price: number
  createdAt: Date
  updatedAt: Date
}

export type DeshelvingRow = {
  id: string
  productId: string
  quantity: number
  reason: string
  description: string
  managerId: string
  createdAt: Date
  updatedAt: Date
}

export type AuditLogRow = {
  id: string
  entityType: 'USER' | 'PRODUCT' | 'DESHELVING'
  entityId: string
  action: 'CREATE' | 'UPDATE'
  changes: object | null
  oldValues: object | null
  newValues: object
  userId: string
  userEmail: string
  timestamp: Date
  metadata: object
}
