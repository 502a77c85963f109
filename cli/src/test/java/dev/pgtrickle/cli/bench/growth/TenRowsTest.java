package dev.pgtrickle.cli.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import dev.pgtrickle.testbed.tpch.TpchData;
import dev.pgtrickle.testbed.tpch.TpchScale;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenRowsTest {

  @Test
  void tenRowsAreChangedInEveryRound() throws Exception {
    TpchScale scale = new TpchScale(0.01);
    try (TestDatabase database = TestDatabase.create(TestServers.newest());
        Connection connection = database.connect()) {
      SqlSession session = new SqlSession(connection);
      session.execute(new TpchData(scale, 1).statements().toArray(String[]::new));
      session.execute("CREATE TABLE tally (relation text NOT NULL)");
      session.execute(
          """
          CREATE FUNCTION tally() RETURNS trigger LANGUAGE plpgsql AS $body$
          BEGIN
            INSERT INTO tally VALUES (TG_TABLE_NAME);
            RETURN NULL;
          END $body$\
          """);
      for (String table : List.of("lineitem", "orders", "partsupp", "customer")) {
        session.execute(
            """
            CREATE TRIGGER tally AFTER INSERT OR UPDATE OR DELETE ON %s
            FOR EACH ROW EXECUTE FUNCTION tally()\
            """
                .formatted(table));
      }
      TenRows rows = new TenRows(scale);
      for (int round = 0; round < 20; round++) {
        rows.change(session);
        assertThat(
                session.queryText(
                    """
                    SELECT string_agg(relation || ' ' || n, ', ' ORDER BY relation)
                    FROM (SELECT relation, count(*) AS n FROM tally GROUP BY relation) AS counts\
                    """))
            .as("round " + round)
            .isEqualTo("customer 1, lineitem 5, orders 2, partsupp 2");
        session.execute("DELETE FROM tally");
      }
    }
  }
}
