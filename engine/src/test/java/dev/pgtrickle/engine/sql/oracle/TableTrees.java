package dev.pgtrickle.engine.sql.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The generated tables with others below them: partitions of partitions, one with its columns in
 * another order, children with columns of their own. Statements name any of them, and some come and
 * go.
 */
enum TableTrees {
  PARTITIONS(
      """
      CREATE TABLE t0_a PARTITION OF t0 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
      CREATE TABLE t0_b PARTITION OF t0 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
      CREATE TABLE t1_a PARTITION OF t1 FOR VALUES IN (0, 1, NULL);
      CREATE TABLE t1_b PARTITION OF t1 DEFAULT PARTITION BY HASH (id);
      CREATE TABLE t1_c PARTITION OF t1_b FOR VALUES WITH (MODULUS 2, REMAINDER 0);
      CREATE TABLE t1_d PARTITION OF t1_b FOR VALUES WITH (MODULUS 2, REMAINDER 1);
      CREATE TABLE t2_a PARTITION OF t2 FOR VALUES FROM (MINVALUE) TO (3);
      CREATE TABLE t2_b (junk int, LIKE t1);
      ALTER TABLE t2_b DROP COLUMN junk;
      ALTER TABLE t2 ATTACH PARTITION t2_b DEFAULT;
      """,
      """
      ALTER TABLE t1 DETACH PARTITION t1_a
      ALTER TABLE t1 ATTACH PARTITION t1_a FOR VALUES IN (0, 1, NULL)
      ALTER TABLE t1_b DETACH PARTITION t1_d
      ALTER TABLE t1_b ATTACH PARTITION t1_d FOR VALUES WITH (MODULUS 2, REMAINDER 1)
      ALTER TABLE t2 DETACH PARTITION t2_b
      ALTER TABLE t2 ATTACH PARTITION t2_b DEFAULT
      CREATE TABLE t2_c PARTITION OF t2 FOR VALUES FROM (5000) TO (9000)
      DROP TABLE t2_c
      """),
  CHILDREN(
      """
      CREATE TABLE t0_a () INHERITS (t0);
      CREATE TABLE t0_b (own text DEFAULT 'b') INHERITS (t0);
      CREATE TABLE t1_a (own text) INHERITS (t1);
      CREATE TABLE t1_b () INHERITS (t1_a);
      CREATE TABLE t1_c (junk int, LIKE t1);
      ALTER TABLE t1_c DROP COLUMN junk;
      ALTER TABLE t1_c INHERIT t1;
      CREATE TABLE t1_d () INHERITS (t1);
      CREATE TABLE t2_a () INHERITS (t2);
      CREATE TABLE t2_b (own int) INHERITS (t2);
      """,
      """
      ALTER TABLE t1_a NO INHERIT t1
      ALTER TABLE t1_a INHERIT t1
      ALTER TABLE t2_a NO INHERIT t2
      ALTER TABLE t2_b NO INHERIT t2
      ALTER TABLE t2_a INHERIT t2
      ALTER TABLE t2_b INHERIT t2
      CREATE TABLE t2_c () INHERITS (t2)
      DROP TABLE t2_c
      """);

  private static final Pattern WRITTEN =
      Pattern.compile("(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE) (t[0-2])\\b");

  private final String below;
  private final String comings;

  TableTrees(String below, String comings) {
    this.below = below;
    this.comings = comings;
  }

  /** The schema with these tables in it before the rows. */
  String schema(String plain) {
    int rows = plain.indexOf("CREATE VIEW v0");
    return tables(plain.substring(0, rows)) + below + plain.substring(rows);
  }

  private String tables(String plain) {
    return switch (this) {
      case CHILDREN -> plain;
      case PARTITIONS ->
          plain
              .replaceFirst("(CREATE TABLE t0 .*)(;\\R)", "$1 PARTITION BY HASH (id)$2")
              .replaceFirst("(CREATE TABLE t1 .*)(;\\R)", "$1 PARTITION BY LIST (i)$2")
              .replaceFirst("(CREATE TABLE t2 .*)(;\\R)", "$1 PARTITION BY RANGE (id)$2");
    };
  }

  /** The same statements, some of them on tables below, and now and then one of the schema. */
  List<String> changed(List<String> batch, Choices choices) {
    List<String> changed = new ArrayList<>();
    for (String statement : batch) {
      changed.add(choices.once(3) ? directly(statement, choices) : statement);
    }
    if (choices.once(4)) {
      changed.add(
          choices.next(changed.size() + 1), choices.of(comings.lines().toArray(String[]::new)));
    }
    return changed;
  }

  private static String directly(String statement, Choices choices) {
    Matcher written = WRITTEN.matcher(statement);
    String name = "$1 $2_" + choices.of("a", "b", "c", "d");
    return written.find() ? written.replaceFirst(name) : statement;
  }
}
