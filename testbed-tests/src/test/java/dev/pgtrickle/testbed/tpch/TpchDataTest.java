package dev.pgtrickle.testbed.tpch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import dev.pgtrickle.testbed.questions.Question;
import dev.pgtrickle.testbed.questions.Questions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TpchDataTest {
  private static final TpchScale HUNDREDTH = new TpchScale(0.01);

  /** One query for all tables: the bytes of every row, whatever their order. */
  private static final String FINGERPRINT =
      """
      SELECT string_agg(image, ' ') FROM (
        SELECT sum(hashtextextended(t::text, 0))::text AS image FROM region AS t
        UNION ALL SELECT sum(hashtextextended(t::text, 1))::text FROM nation AS t
        UNION ALL SELECT sum(hashtextextended(t::text, 2))::text FROM supplier AS t
        UNION ALL SELECT sum(hashtextextended(t::text, 3))::text FROM part AS t
        UNION ALL SELECT sum(hashtextextended(t::text, 4))::text FROM partsupp AS t
        UNION ALL SELECT sum(hashtextextended(t::text, 5))::text FROM customer AS t
        UNION ALL SELECT sum(hashtextextended(t::text, 6))::text FROM orders AS t
        UNION ALL SELECT sum(hashtextextended(t::text, 7))::text FROM lineitem AS t) AS images\
      """;

  @Test
  void everyQuestionHasAnAnswer() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      load(database, HUNDREDTH, 1);
      for (Question question : Questions.tpch()) {
        assertThat(
                database.queryLong(
                    "SELECT count(*) FROM (%s) AS answer WHERE NOT answer IS NULL"
                        .formatted(question.sql())))
            .as(question.name())
            .isPositive();
      }
      assertThat(database.queryLong("SELECT count(*) FROM orders")).isEqualTo(15_000);
      assertThat(database.queryLong("SELECT count(*) FROM lineitem")).isBetween(59_000L, 61_000L);
    }
  }

  @Test
  void rowsBelongTogether() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      load(database, new TpchScale(0.003), 7);
      for (String orphans :
          List.of(
              "lineitem LEFT JOIN orders ON o_orderkey = l_orderkey WHERE o_orderkey IS NULL",
              "lineitem LEFT JOIN partsupp ON (ps_partkey, ps_suppkey) = (l_partkey, l_suppkey)"
                  + " WHERE ps_partkey IS NULL",
              "partsupp LEFT JOIN part ON p_partkey = ps_partkey WHERE p_partkey IS NULL",
              "partsupp LEFT JOIN supplier ON s_suppkey = ps_suppkey WHERE s_suppkey IS NULL",
              "orders LEFT JOIN customer ON c_custkey = o_custkey WHERE c_custkey IS NULL",
              "orders LEFT JOIN lineitem ON l_orderkey = o_orderkey WHERE l_orderkey IS NULL",
              "customer LEFT JOIN nation ON n_nationkey = c_nationkey WHERE n_nationkey IS NULL",
              "lineitem JOIN orders ON o_orderkey = l_orderkey WHERE l_shipdate <= o_orderdate",
              "lineitem WHERE l_receiptdate <= l_shipdate",
              "orders WHERE o_custkey % 3 = 0")) {
        assertThat(database.queryLong("SELECT count(*) FROM " + orphans)).as(orphans).isZero();
      }
    }
  }

  @Test
  void aScaleHasALeast() {
    assertThatThrownBy(() -> new TpchScale(0.0009)).hasMessageContaining("at least 0.001");
    assertThat(TpchScale.ofLines(6_000_000)).isEqualTo(new TpchScale(1));
  }

  /** Also between versions: a difference found on one can be looked for on another. */
  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void aSeedTellsEveryRowOfEveryCycle(PostgresVersion version) throws SQLException {
    String first = afterCycles(version, 5);
    assertThat(afterCycles(TestServers.newest(), 5)).isEqualTo(first);
    assertThat(afterCycles(version, 6)).isNotEqualTo(first);
  }

  private static String afterCycles(PostgresVersion version, long seed) throws SQLException {
    TpchScale scale = new TpchScale(0.001);
    try (TestDatabase database = TestDatabase.create(version)) {
      load(database, scale, 3);
      TpchChanges changes = new TpchChanges(scale, seed, 4);
      for (int cycle = 0; cycle < 12; cycle++) {
        database.execute(changes.cycle().toArray(String[]::new));
      }
      return String.valueOf(database.queryText(FINGERPRINT));
    }
  }

  @Test
  void everyTableIsInsertedIntoUpdatedAndDeletedFrom() throws SQLException {
    TpchScale scale = new TpchScale(0.001);
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      load(database, scale, 3);
      database.execute(
          "CREATE TABLE tally (relation text NOT NULL, operation text NOT NULL)",
          """
          CREATE FUNCTION tally() RETURNS trigger LANGUAGE plpgsql AS $body$
          BEGIN
            INSERT INTO tally VALUES (TG_TABLE_NAME, TG_OP);
            RETURN NULL;
          END $body$\
          """);
      for (TpchTable table : TpchTable.values()) {
        database.execute(
            """
            CREATE TRIGGER tally AFTER INSERT OR UPDATE OR DELETE ON %s
            FOR EACH ROW EXECUTE FUNCTION tally()\
            """
                .formatted(table.relation()));
      }
      TpchChanges changes = new TpchChanges(scale, 11, 5);
      for (int cycle = 0; cycle < 100; cycle++) {
        database.execute(changes.cycle().toArray(String[]::new));
      }
      assertThat(
              database.queryText(
                  """
                  SELECT string_agg(relation || ' ' || operation, ', ')
                  FROM unnest(string_to_array(?, ' ')) AS relation,
                       unnest(ARRAY['INSERT', 'UPDATE', 'DELETE']) AS operation
                  WHERE (relation, operation) NOT IN (SELECT * FROM tally)\
                  """,
                  Arrays.stream(TpchTable.values())
                      .map(TpchTable::relation)
                      .collect(Collectors.joining(" "))))
          .as("what never happened")
          .isNull();
    }
  }

  private static void load(TestDatabase database, TpchScale scale, long seed) throws SQLException {
    database.execute(new TpchData(scale, seed).statements().toArray(String[]::new));
  }
}
