package dev.pgtrickle.engine.sql.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TextPosition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.QueryText;
import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.engine.sql.resolve.FunctionTraits;
import dev.pgtrickle.engine.sql.resolve.NameCatalog;
import dev.pgtrickle.engine.sql.resolve.SourceRelation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the front end refuses, and where it says that it stands. */
class QueryFrontEndTest {
  private static final NameCatalog NO_TABLES =
      new NameCatalog() {
        @Override
        public Optional<SourceRelation> relation(List<Identifier> path) {
          return Optional.empty();
        }

        @Override
        public FunctionTraits function(List<Identifier> path, int arguments) {
          return new FunctionTraits(false, false);
        }
      };

  @Test
  void unknownSyntaxIsNamedAtItsPlaceInTheUsersText() {
    TrickleException refused =
        refusal("select a\nfrom t\nqualify b", "SELECT \"a\" FROM \"t\" QUALIFY \"b\"");
    assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(refused.what()).contains("QUALIFY");
    assertThat(refused.where()).contains("line 3, column 1");
    assertThat(refused.excerpt()).contains("qualify b\n^");
  }

  @Test
  void whatIsNotUniqueHasNoPlace() {
    TrickleException refused =
        refusal("select x, x", "SELECT \"nowhere\".\"x\" AS \"x\", \"nowhere\".\"x\" AS \"y\"");
    assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(refused.where()).isEmpty();
  }

  @Test
  void anUnknownColumnIsNamed() {
    TrickleException refused = refusal("select 1, y + 1", "SELECT 1, (\"y\" + 1)");
    assertThat(refused.what()).contains("column [y] is unknown");
    assertThat(refused.where()).contains("line 1, column 11");
    assertThat(refused.excerpt()).contains("select 1, y + 1\n          ^");
  }

  /** PostgreSQL lets no such query by; a key that was not recognised must not split its groups. */
  @Test
  void aColumnAboveGroupsIsDeterminedByTheirKeys() {
    String rows = "FROM ( SELECT 1 AS \"x\", 2 AS \"y\") \"a\" GROUP BY \"a\".\"x\"";
    TrickleException refused =
        refusal("select y from (..) a group by x", "SELECT \"a\".\"y\" " + rows);
    assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(refused.what()).contains("column y above groups whose keys do not determine it");
  }

  @Test
  void moreThanTheBoundsAllowIsTooComplex() {
    String sql = "SELECT 1" + ", 1".repeat(300);
    assertThatThrownBy(() ->
            new QueryFrontEnd(Bounds.standard().withNodes(200))
                .plan(new QueryText(sql), sql, NO_TABLES))
        .isInstanceOfSatisfying(
            TrickleException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_TOO_COMPLEX);
              assertThat(failure.what()).isEqualTo("the query has more than 200 parts");
            });
  }

  /** As a join PostgreSQL could neither stop at the first row nor keep the rows in a hash table. */
  @Test
  void aQueryInAnExpressionStaysThereWhereTheQueryIsRunAsAWhole() {
    String sql =
        """
        SELECT "a"."x" FROM ( SELECT 1 AS "x") "a" WHERE (("a"."x" = 2) OR (EXISTS ( SELECT 1 FROM\
         ( SELECT 3 AS "y") "b" WHERE ("b"."y" = "a"."x"))))\
        """;
    QueryPlans plans =
        new QueryFrontEnd(Bounds.standard()).plans(new QueryText(sql), sql, NO_TABLES);
    assertThat(plans.areTheSame()).isFalse();
    assertThat(new QueryUnparser().query(plans.asAWhole()))
        .contains("EXISTS")
        .doesNotContain("LATERAL");
    assertThat(new QueryUnparser().query(plans.forDeltas()))
        .contains("LATERAL")
        .doesNotContain("EXISTS");
  }

  @Test
  void theExcerptOfALongLineIsShort() {
    String line = "select " + "a, ".repeat(200) + "b";
    String excerpt = Excerpt.of(line, new TextPosition(1, line.length()));
    assertThat(excerpt.lines().findFirst().orElseThrow()).hasSizeLessThanOrEqualTo(100);
    assertThat(excerpt).endsWith("b\n" + " ".repeat(60) + "^");
  }

  private static TrickleException refusal(String user, String canonical) {
    try {
      new QueryFrontEnd(Bounds.standard()).plan(new QueryText(user), canonical, NO_TABLES);
    } catch (TrickleException refused) {
      return refused;
    }
    throw new AssertionError("nothing was refused");
  }
}
