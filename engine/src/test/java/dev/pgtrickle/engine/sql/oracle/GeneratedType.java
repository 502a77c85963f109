package dev.pgtrickle.engine.sql.oracle;

import java.util.List;

/** The types of generated columns: all that the corpus has. Equal values of each look the same. */
enum GeneratedType {
  INT("i", "integer", "1", "0", "NULL::int"),
  TEXT("s", "text", "'x1'::text", "''::text", "NULL::text"),
  NUMERIC("n", "numeric", "1.50", "0.00"),
  DATE("d", "date", "date '2024-01-02'"),
  FLOAT("f", "double precision", "0.5::float8", "'NaN'::float8"),
  BOOL("b", "boolean", "true", "false", "NULL::boolean"),
  ARRAY("a", "integer[]", "ARRAY[1, NULL]", "'{}'::int[]"),
  JSON("j", "jsonb", "'{\"k\": 1}'::jsonb", "'[1, 2]'::jsonb"),
  MOOD("m", "mood", "'ok'::mood"),
  TIME("ts", "timestamptz", "timestamptz '2024-03-31 01:00+00'"),
  CHAR("c", "char(4)", "'c1'::char(4)"),
  LONG("bi", "bigint", "7::bigint", "NULL::bigint"),
  SHORT("sm", "smallint", "2::smallint"),
  REAL("r", "real", "0.25::real"),
  WORD("vc", "varchar(10)", "'w1'::varchar(10)", "NULL::varchar(10)"),
  UUID("u", "uuid", "'00000000-0000-0000-0000-000000000001'::uuid"),
  PLACE("ad", "place", "ROW('s1', 1)::place", "NULL::place"),
  CLOCK("tp", "timestamp", "timestamp '2024-02-01 10:00'"),
  TEXTS("tx", "text[]", "ARRAY['x1', NULL]::text[]"),
  BYTES("by", "bytea", "'\\x0102'::bytea"),
  SPAN("iv", "interval", "interval '2 days'", "interval '0'"),
  RANGE("rg", "daterange", "daterange('2024-01-01', '2024-01-03')", "'empty'::daterange"),
  POSITIVE("po", "positive", "3::positive"),
  BYTEWISE("co", "text COLLATE \"C\"", "('x1' COLLATE \"C\")"),
  CASELESS(
      "cl", "text COLLATE caseless", "('x1' COLLATE caseless)", "(NULL::text COLLATE caseless)");

  private final String column;
  private final String sql;

  /** One a line: an enum holds nothing that can change. */
  private final String constants;

  GeneratedType(String column, String sql, String... constants) {
    this.column = column;
    this.sql = sql;
    this.constants = String.join("\n", constants);
  }

  String column() {
    return column;
  }

  String sql() {
    return sql;
  }

  List<String> constants() {
    return constants.lines().toList();
  }

  /** Three tables with duplicates and NULLs, of which only the first one has a key, and a view. */
  static String schema() {
    StringBuilder columns = new StringBuilder();
    for (GeneratedType type : values()) {
      columns
          .append(columns.isEmpty() ? "" : ", ")
          .append(type.column)
          .append(' ')
          .append(type.sql);
    }
    return """
    CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
    CREATE TYPE place AS (street text, number int);
    CREATE DOMAIN positive AS int CHECK (VALUE > 0);
    CREATE COLLATION caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
    """
        + "CREATE TABLE t0 (id int PRIMARY KEY, %s);%nCREATE TABLE t1 (id int, %s);%n"
            .formatted(columns.toString().replace("n numeric", "n numeric(8,2)"), columns)
        + """
        CREATE TABLE t2 (LIKE t1);
        CREATE VIEW v0 AS SELECT * FROM t0 WHERE i > 0 OR s IS NULL;
        INSERT INTO t0 SELECT g, NULLIF(g % 5, 0), NULLIF('x' || g % 3, 'x2'), g % 7 / 4.0, date '2024-01-01' + g % 4,
          g % 3 / 2.0, NULLIF(g % 3, 2)::boolean, CASE WHEN g % 4 > 0 THEN ARRAY[g % 3, g % 2] END,
          jsonb_build_object('k', g % 3), (ARRAY['sad', 'ok', NULL])[1 + g % 3]::mood,
          timestamptz '2024-03-31 00:30+00' + g % 5 * interval '30 min', 'c' || g % 3,
          NULLIF(g % 4, 1) * 10000000000, g % 3, g % 5 / 4.0, NULLIF('w' || g % 4, 'w3'),
          lpad((g % 4)::text, 32, '0')::uuid, CASE WHEN g % 5 > 0 THEN ROW('s' || g % 2, NULLIF(g % 3, 0))::place END,
          timestamp '2024-02-01 10:00' + g % 6 * interval '7 hours', CASE WHEN g % 3 > 0 THEN ARRAY['x' || g % 3, 'x1'] END,
          decode(lpad(to_hex(g % 5), 4, '0'), 'hex'), CASE WHEN g % 4 > 0 THEN g % 4 * interval '1 day' END,
          daterange(date '2024-01-01' + g % 3, date '2024-01-04'), 1 + g % 3, NULLIF((ARRAY['x1', 'X1', 'y'])[1 + g % 3], 'y'),
          (ARRAY['x1', 'y', NULL])[1 + g % 3]
          FROM generate_series(1, 12) AS g;
        INSERT INTO t1 SELECT * FROM t0;
        UPDATE t1 SET id = i, i = id % 3, n = round(n * 1.1, 2);
        INSERT INTO t1 SELECT * FROM t1 WHERE i > 1;
        INSERT INTO t2 SELECT * FROM t0 WHERE id > 4;
        UPDATE t2 SET id = id % 4, s = NULL, d = d + 1, f = f + 1, b = NOT b, iv = NULL, ad = NULL;
        INSERT INTO t2 (id, i) VALUES (NULL, NULL), (1, 1), (1, 1);
        ANALYZE t0; ANALYZE t1; ANALYZE t2;
        """;
  }
}
