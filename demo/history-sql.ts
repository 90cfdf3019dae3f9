/** Draws for row number `n`, at least 0 and less than 1: the same on every server of the same byte order. */
const draw = (n: string, salt: number) =>
  `(((hashint8extended(${n}, $3::bigint * 100 + ${salt}) >> 11) & 9007199254740991) / 9007199254740992.0::float8)`

const base36 = (value: string, digits: number) =>
  Array.from({ length: digits }, (_, index) => {
    const power = 36 ** (digits - 1 - index)
    return `substr('0123456789abcdefghijklmnopqrstuvwxyz', 1 + ((${value}) / ${power} % 36)::int, 1)`
  }).join(' || ')

const letters = (n: string, salt: number) =>
  `translate(lower(encode(substring(int8send(hashint8extended(${n}, $3::bigint * 100 + ${salt})) for 6), 'base64')), '+/', '07')`

/** An id as cuid() would make it, from its part that holds the time. */
const cuid = (stem: string, n: string, salt: number) => `${stem} || ${base36(n, 4)} || 'hist' || ${letters(n, salt)}`

/**
 * Makes the sales numbered $1 to below $2, with their items. $3 seed, $4 cashiers, $5 shares of the numbers of lines, $6
 * shares of the products, $7 VAT in per cent.
 */
const chunk = `
WITH timed AS (
  SELECT n, price_level, date_trunc('milliseconds', starts + interval '1 hour' * ((i - 1 + ${draw('n', 1)}) / sales)) AS at
  FROM history_slot CROSS JOIN LATERAL generate_series(1, sales) AS i CROSS JOIN LATERAL (SELECT before + i - 1 AS n) AS number
  WHERE n >= $1 AND n < $2 AND before < $2 AND before + sales > $1
), stemmed AS (
  SELECT *, 'c' || ${base36('(extract(epoch FROM at) * 1000)::bigint', 8)} AS stem FROM timed
), sale AS MATERIALIZED (
  SELECT *, ${cuid('stem', 'n', 2)} AS id FROM stemmed
), item AS MATERIALIZED (
  SELECT n, line, at, stem, sale.id AS sale_id, product.id AS product_id,
         1 + floor(power(${draw('n * 16 + line', 4)}, 3) * most)::int AS quantity,
         greatest(10, round(price * price_level / 10) * 10) AS price
  FROM sale
  CROSS JOIN LATERAL generate_series(1, 1 + width_bucket(${draw('n', 3)}, $5::float8[])) AS line
  JOIN history_product AS product ON product.position = width_bucket(${draw('n * 16 + line', 5)}, $6::float8[])
), made AS (
  INSERT INTO "Sale" ("id", "cashierId", "subtotal", "vatAmount", "vatPercentage", "totalAmount", "paymentMode", "createdAt",
                      "updatedAt")
  SELECT id, ($4::text[])[1 + floor(${draw('n', 6)} * cardinality($4::text[]))::int], subtotal, vat, $7, subtotal + vat,
         (ARRAY['CASH', 'CARD', 'BANK_TRANSFER', 'OTHER'])[1 + width_bucket(${draw('n', 7)}, ARRAY[0.46, 0.76, 0.99])]
           ::"PaymentMode", at, at
  FROM sale
  JOIN (SELECT n, sum(quantity * price) AS subtotal FROM item GROUP BY n) AS sums USING (n)
  CROSS JOIN LATERAL (SELECT round(subtotal * $7::float8) / 100 AS vat) AS tax
  ORDER BY n
)
INSERT INTO "SaleItem" ("id", "saleId", "productId", "quantity", "price", "createdAt", "updatedAt")
SELECT ${cuid('stem', '(n * 16 + line)', 8)}, sale_id, product_id, quantity, price, at, at FROM item ORDER BY n, line`

/** The statements that make older sales, in the order they are run; `chunk` as often as needed. */
export const HISTORY_SQL = {
  slots: `CREATE TEMP TABLE history_slot ON COMMIT DROP AS
    SELECT * FROM unnest($1::bigint[], $2::timestamp[], $3::int[], $4::float8[]) AS slot (before, starts, sales, price_level)`,
  products: `CREATE TEMP TABLE history_product ON COMMIT DROP AS
    SELECT row_number() OVER () - 1 AS position, product.*
    FROM unnest($1::text[], $2::float8[], $3::int[]) AS product (id, price, most)`,
  chunk,
}
