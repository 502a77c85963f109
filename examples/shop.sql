-- The sample shop: 1,000 customers, 200 products, 10,000 orders, 20,000 items.
CREATE TABLE customers (
  id      integer PRIMARY KEY,
  name    text NOT NULL,
  country text NOT NULL
);

CREATE TABLE products (
  id    integer PRIMARY KEY,
  name  text NOT NULL,
  price numeric(10, 2) NOT NULL
);

CREATE TABLE orders (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers,
  status      text NOT NULL,
  ordered_at  timestamptz NOT NULL
);
CREATE INDEX ON orders (status, id);

CREATE TABLE order_items (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id   bigint NOT NULL REFERENCES orders,
  product_id integer NOT NULL REFERENCES products,
  quantity   integer NOT NULL,
  amount     numeric(10, 2) NOT NULL
);

INSERT INTO customers
SELECT number, 'customer ' || number, (ARRAY['AT', 'CH', 'DE', 'FR', 'IT'])[1 + number % 5]
FROM generate_series(1, 1000) AS number;

INSERT INTO products
SELECT number, 'product ' || number, number * 0.5
FROM generate_series(1, 200) AS number;

INSERT INTO orders (customer_id, status, ordered_at)
SELECT 1 + number * 7 % 1000,
       CASE WHEN number % 20 = 0 THEN 'open' ELSE 'shipped' END,
       timestamptz '2026-01-01 00:00:00+00' + number * interval '1 minute'
FROM generate_series(1, 10000) AS number;

INSERT INTO order_items (order_id, product_id, quantity, amount)
SELECT 1 + number % 10000, 1 + number * 13 % 200, 1 + number % 5, (1 + number % 500) / 4.0
FROM generate_series(1, 20000) AS number;

ANALYZE;
