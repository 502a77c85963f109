package dev.pgtrickle.engine.relations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.plan.Sessions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RelationReaderTest {

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void onlyRealProofsAreKeys(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(
          "CREATE COLLATION loose (provider = icu, locale = 'und', deterministic = false)",
          "CREATE TABLE t (a int, b int NOT NULL, c int, d text COLLATE loose NOT NULL, e int NOT NULL,"
              + " gone int, PRIMARY KEY (b, a))",
          "ALTER TABLE t DROP COLUMN gone",
          "CREATE UNIQUE INDEX nullable ON t (c)",
          "CREATE UNIQUE INDEX partial ON t (e) WHERE a > 0",
          "CREATE UNIQUE INDEX expression ON t ((e + 1))",
          "CREATE UNIQUE INDEX other_equality ON t (d COLLATE \"C\")",
          "CREATE UNIQUE INDEX own_equality ON t (d)",
          "CREATE UNIQUE INDEX covering ON t (e) INCLUDE (a)",
          "ALTER TABLE t ADD CONSTRAINT later UNIQUE (e, b) DEFERRABLE");
      RelationFacts facts = read(database, "t");
      assertThat(facts.uniqueKeys())
          .extracting(key -> key.index().name())
          .containsExactly("t_pkey", "covering", "nullable", "own_equality");
      assertThat(facts.keysWithoutNull())
          .extracting(UniqueKey::attributeNumbers)
          .containsExactly(Set.of(2, 1), Set.of(5), Set.of(4));
      assertThat(facts.columns())
          .extracting(column -> column.name().name())
          .containsExactly("a", "b", "c", "d", "e");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void equalityIsIdentityOnlyWherePostgresSaysSo(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(
          "CREATE COLLATION loose (provider = icu, locale = 'und', deterministic = false)",
          "CREATE TYPE mood AS ENUM ('ok')",
          "CREATE TYPE pair AS (a int, b int)",
          "CREATE DOMAIN small AS int",
          "CREATE DOMAIN nested AS small",
          "CREATE DOMAIN price AS numeric(10,2)",
          """
          CREATE TABLE types (i int, t text, vc varchar(9), u uuid, ts timestamptz, o bool,
            m mood, ia int[], s nested, sa small[], n name, by bytea, b bit(3),
            num numeric(10,2), f float8, j jsonb, iv interval, iva interval[], c char(3), pr price,
            na numeric[], co pair, r int4range, x loosely)
          """
              .replace("x loosely", "x text COLLATE loose"),
          "CREATE TABLE none (js json, p point, xm xml, jsa json[])");
      Map<Equality, List<String>> byEquality = new TreeMap<>();
      for (String table : List.of("types", "none")) {
        for (ColumnFacts column : read(database, table).columns()) {
          byEquality
              .computeIfAbsent(column.type().equality(), _ -> new java.util.ArrayList<>())
              .add(column.name().name());
        }
      }
      assertThat(byEquality.get(Equality.IDENTITY))
          .containsExactly("i", "t", "vc", "u", "ts", "o", "m", "ia", "s", "sa", "n", "by", "b");
      assertThat(byEquality.get(Equality.COARSER))
          .containsExactly("num", "f", "j", "iv", "iva", "c", "pr", "na", "co", "r", "x");
      assertThat(byEquality.get(Equality.NONE)).containsExactly("js", "p", "xm", "jsa");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void kindsAndPlacesAreTold(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(
          "CREATE TABLE plain (a int)",
          "CREATE UNLOGGED TABLE fleeting (a int)",
          "CREATE VIEW v AS SELECT 1 AS a",
          "CREATE TABLE parted (a int) PARTITION BY LIST (a)",
          "CREATE TABLE part PARTITION OF parted DEFAULT",
          "CREATE TABLE parent (a int)",
          "CREATE TABLE child () INHERITS (parent)",
          "ALTER TABLE plain ENABLE ROW LEVEL SECURITY");
      assertThat(read(database, "plain").rowSecurity()).isEqualTo(RowSecurity.ENABLED);
      assertThat(read(database, "plain").owner().name()).isEqualTo(database.user());
      assertThat(read(database, "fleeting").persistence()).isEqualTo(Persistence.UNLOGGED);
      assertThat(read(database, "v").kind()).isEqualTo(RelationKind.VIEW);
      assertThat(read(database, "parted").kind()).isEqualTo(RelationKind.PARTITIONED_TABLE);
      assertThat(read(database, "part").inheritance()).isEqualTo(Inheritance.PARTITION);
      assertThat(read(database, "parent").inheritance()).isEqualTo(Inheritance.PARENT);
      assertThat(read(database, "child").inheritance()).isEqualTo(Inheritance.CHILD);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void constraintThatIsNotValidProvesNothing(PostgresVersion version) throws SQLException {
    if (version.major() < 18) {
      return;
    }
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(
          "CREATE TABLE t (a int, b int NOT NULL)",
          "INSERT INTO t VALUES (NULL, 1)",
          "ALTER TABLE t ADD CONSTRAINT promised NOT NULL a NOT VALID");
      assertThat(read(database, "t").columns())
          .extracting(ColumnFacts::nullability)
          .containsExactly(Nullability.NULLABLE, Nullability.NOT_NULL);
      database.execute("UPDATE t SET a = 1", "ALTER TABLE t VALIDATE CONSTRAINT promised");
      assertThat(read(database, "t").columns())
          .extracting(ColumnFacts::nullability)
          .containsExactly(Nullability.NOT_NULL, Nullability.NOT_NULL);
    }
  }

  private static RelationFacts read(TestDatabase database, String name) throws SQLException {
    try (Connection connection = Sessions.pinned(database)) {
      return new RelationReader(connection).read(QualifiedName.of("public", name)).orElseThrow();
    }
  }
}
