package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Queries that delta rules follow, kept by the engine under random changes of all their sources and
 * compared by image after every refresh.
 */
class DifferentialTablesTest {
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void joins(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "inner_keyed",
        "SELECT s.id, c.name, s.amount FROM sale AS s JOIN customer AS c ON c.id = s.customer_id");
    queries.put(
        "inner_both_keys",
        "SELECT s.id AS sale, c.id AS customer, c.credit FROM sale s JOIN customer c ON s.product = c.id");
    queries.put(
        "inner_keyless",
        "SELECT c.region, i.label, i.price FROM customer c JOIN item i ON i.code = c.id");
    queries.put(
        "inner_residual",
        "SELECT s.id, c.name FROM sale s JOIN customer c ON c.id = s.customer_id AND c.credit < s.amount");
    queries.put(
        "non_equi",
        "SELECT s.id, c.id AS customer FROM sale s JOIN customer c ON c.id > s.product + 20");
    queries.put(
        "cross_joined",
        "SELECT c.region, i.label FROM customer c CROSS JOIN item i WHERE i.price > 1");
    queries.put(
        "self_join",
        "SELECT a.id, b.id AS boss, b.region FROM customer a JOIN customer b ON b.id = a.boss");
    queries.put(
        "self_join_keyless", "SELECT a.label, b.price FROM item a JOIN item b ON b.code = a.code");
    queries.put(
        "three_way",
        "SELECT s.id, c.name, i.price FROM sale s JOIN customer c ON c.id = s.customer_id JOIN item i ON"
            + " i.code = s.product WHERE c.region <> 'b'");
    queries.put(
        "through_view",
        "SELECT b.id, c.region, b.amount * 2 AS twice FROM big_sale b JOIN customer c USING (id)");
    queries.put(
        "by_number", "SELECT c.id, i.label FROM customer c JOIN item i ON i.price = c.credit");
    queries.put(
        "derived_sides",
        "SELECT x.id, y.label FROM (SELECT id, product + 1 AS p FROM sale WHERE amount > 10) x JOIN (SELECT"
            + " code * 2 AS p, label FROM item) y ON y.p = x.p");
    DifferentialRun.keeps(version, queries);
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void aggregatesOverJoins(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "sums_by_region",
        "SELECT c.region, count(*) AS n, sum(s.amount) AS total FROM sale s JOIN customer c ON c.id ="
            + " s.customer_id GROUP BY c.region");
    queries.put(
        "sums_hidden_key",
        "SELECT sum(s.amount) / count(*) AS mean FROM sale s JOIN customer c ON c.id = s.customer_id GROUP"
            + " BY c.region, s.day");
    queries.put(
        "sums_over_all",
        "SELECT count(*) AS n, count(i.label) AS labels, sum(s.amount) AS total FROM sale s JOIN item i ON"
            + " i.code = s.product");
    queries.put(
        "sums_over_keyless",
        "SELECT i.code, count(*) AS n FROM item i JOIN customer c ON c.credit = i.price GROUP BY i.code");
    queries.put("distinct_regions", "SELECT DISTINCT region, name FROM customer");
    queries.put(
        "distinct_of_join",
        "SELECT DISTINCT c.name FROM customer c JOIN sale s ON s.customer_id = c.id");
    queries.put("union_of_words", "SELECT name FROM customer UNION SELECT label FROM item");
    queries.put(
        "sums_over_left",
        "SELECT c.region, count(s.id) AS sales, sum(s.amount) AS total FROM customer c LEFT JOIN sale s ON"
            + " s.customer_id = c.id GROUP BY c.region");
    queries.put(
        "sums_over_semi",
        "SELECT product, sum(amount) AS total FROM sale s WHERE EXISTS (SELECT FROM customer c WHERE c.id ="
            + " s.customer_id) GROUP BY product");
    DifferentialRun.keeps(version, queries);
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void outerJoins(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "left_keyed",
        "SELECT s.id, c.name FROM sale s LEFT JOIN customer c ON c.id = s.customer_id");
    queries.put(
        "left_fanning",
        "SELECT c.id, s.id AS sale, s.rate FROM customer c LEFT JOIN sale s ON s.customer_id = c.id");
    queries.put(
        "left_residual",
        "SELECT c.id, s.id AS sale FROM customer c LEFT JOIN sale s ON s.customer_id = c.id AND s.amount >"
            + " 30");
    queries.put(
        "left_mixed",
        "SELECT c.id, s.id AS sale FROM customer c LEFT JOIN sale s ON s.customer_id = c.id AND s.rate >"
            + " c.credit");
    queries.put(
        "left_non_equi",
        "SELECT i.label, c.id FROM item i LEFT JOIN customer c ON c.id < i.code AND c.credit > i.price");
    queries.put(
        "right_joined",
        "SELECT c.region, i.code, i.price FROM customer c RIGHT JOIN item i ON i.code = c.id");
    queries.put(
        "full_joined",
        "SELECT c.id, c.name, i.label FROM customer c FULL JOIN item i ON i.code = c.id");
    queries.put(
        "full_keyed",
        "SELECT c.id, s.id AS sale, s.amount FROM customer c FULL JOIN sale s ON s.customer_id = c.id");
    queries.put(
        "left_twice",
        "SELECT s.id, c.name, b.name AS boss FROM sale s LEFT JOIN customer c ON c.id = s.customer_id LEFT"
            + " JOIN customer b ON b.id = c.boss");
    queries.put(
        "left_of_join",
        "SELECT c.id, x.label FROM customer c LEFT JOIN (SELECT s.customer_id, i.label FROM sale s JOIN item"
            + " i ON i.code = s.product) x ON x.customer_id = c.id");
    queries.put(
        "join_of_left",
        "SELECT x.id, i.label FROM (SELECT c.id, s.product FROM customer c LEFT JOIN sale s ON s.customer_id"
            + " = c.id) x JOIN item i ON i.code = coalesce(x.product, 1)");
    queries.put(
        "left_of_nothing", "SELECT c.id, i.label FROM customer c LEFT JOIN item i ON i.price > 2");
    queries.put(
        "full_then_left",
        "SELECT c.id, i.label, s.id AS sale FROM customer c FULL JOIN item i ON i.code = c.id LEFT JOIN sale"
            + " s ON s.product = i.code");
    DifferentialRun.keeps(version, queries);
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void existenceAndUnions(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "exists_plain",
        "SELECT c.id, c.name FROM customer c WHERE EXISTS (SELECT FROM sale s WHERE s.customer_id = c.id)");
    queries.put(
        "exists_residual",
        "SELECT c.id FROM customer c WHERE EXISTS (SELECT FROM sale s WHERE s.customer_id = c.id AND s.rate"
            + " > c.credit)");
    queries.put(
        "exists_keyless",
        "SELECT i.code, i.price FROM item i WHERE EXISTS (SELECT FROM customer c WHERE c.id = i.code)");
    queries.put(
        "in_query",
        "SELECT id, amount FROM sale WHERE customer_id IN (SELECT id FROM customer WHERE region = 'a')");
    queries.put(
        "not_exists",
        "SELECT c.id FROM customer c WHERE NOT EXISTS (SELECT FROM sale s WHERE s.customer_id = c.id)");
    queries.put(
        "not_exists_keyless",
        "SELECT label, price FROM item i WHERE NOT EXISTS (SELECT FROM item o WHERE o.code = i.code + 1)");
    queries.put(
        "not_exists_non_equi",
        "SELECT s.id FROM sale s WHERE NOT EXISTS (SELECT FROM item i WHERE i.price > s.amount)");
    queries.put(
        "exists_alone", "SELECT id FROM sale WHERE EXISTS (SELECT FROM item WHERE price > 2)");
    queries.put(
        "not_in_proven",
        "SELECT s.id FROM sale s WHERE s.id NOT IN (SELECT id FROM sale WHERE product = 3)");
    queries.put(
        "not_in_nullable",
        "SELECT i.code, i.label FROM item i WHERE i.code NOT IN (SELECT s.customer_id FROM sale s)");
    queries.put(
        "not_in_half",
        "SELECT i.code FROM item i WHERE i.price NOT IN (SELECT c.credit FROM customer c WHERE c.id > 20)");
    queries.put(
        "rows_in",
        "SELECT s.id FROM sale s WHERE (s.product, s.rate) IN (SELECT i.code, i.price FROM item i)");
    queries.put(
        "exists_twice",
        "SELECT c.id FROM customer c WHERE EXISTS (SELECT FROM sale s WHERE s.customer_id = c.id) AND NOT"
            + " EXISTS (SELECT FROM item i WHERE i.code = c.id)");
    queries.put(
        "exists_over_join",
        "SELECT c.id FROM customer c WHERE EXISTS (SELECT FROM sale s JOIN item i ON i.code = s.product"
            + " WHERE s.customer_id = c.id)");
    queries.put(
        "union_all",
        "SELECT id::bigint AS id, name FROM customer UNION ALL SELECT id, product::text FROM sale UNION ALL"
            + " SELECT code, label FROM item");
    queries.put(
        "union_of_types",
        "SELECT id, name::varchar(10) AS word FROM customer UNION ALL SELECT code::bigint, label FROM item");
    queries.put(
        "except_of_types",
        "SELECT name::varchar(10) AS word FROM customer EXCEPT ALL SELECT label FROM item");
    queries.put(
        "intersect_of_types", "SELECT id FROM customer INTERSECT SELECT code::bigint FROM item");
    queries.put(
        "union_joined",
        "SELECT u.id, i.label FROM (SELECT id FROM customer UNION ALL SELECT customer_id FROM sale) u JOIN"
            + " item i ON i.code = u.id");
    queries.put(
        "shared_table",
        "WITH big AS (SELECT id, customer_id, amount FROM sale WHERE amount > 15) SELECT a.id, b.id AS other"
            + " FROM big a JOIN big b ON b.customer_id = a.customer_id AND b.amount > a.amount");
    queries.put(
        "shared_twice",
        "WITH c AS (SELECT id, region FROM customer), d AS (SELECT c.id, count(*) AS n FROM c JOIN sale s ON"
            + " s.customer_id = c.id GROUP BY c.id) SELECT c.region, d.n FROM c LEFT JOIN d ON d.id = c.id");
    queries.put(
        "table_nobody_reads",
        "WITH unread AS (SELECT code FROM item) SELECT id, name FROM customer");
    queries.put(
        "function_of_row",
        "SELECT s.id, n.value FROM sale s CROSS JOIN LATERAL generate_series(1, s.product) AS n(value)");
    queries.put("sets_in_list", "SELECT id, generate_series(1, product) AS n FROM sale");
    queries.put("by_time", "SELECT id, to_char(day, 'YYYY-MM') AS month FROM sale");
    DifferentialRun.keeps(version, queries);
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void groupsAndSets(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "extremes",
        "SELECT region, min(name) AS first, max(id) AS last FROM customer GROUP BY region");
    queries.put(
        "having_filter",
        "SELECT customer_id, sum(amount) AS total, count(*) FILTER (WHERE product = 2) AS twos FROM sale"
            + " GROUP BY customer_id HAVING count(*) > 1");
    queries.put(
        "distinct_aggregates",
        "SELECT product, count(DISTINCT customer_id) AS buyers, sum(DISTINCT amount) AS amounts FROM sale"
            + " GROUP BY product");
    queries.put(
        "ordered_aggregates",
        "SELECT customer_id, array_agg(id ORDER BY id) AS ids, string_agg(product::text, ',' ORDER BY id)"
            + " AS products FROM sale GROUP BY customer_id");
    queries.put(
        "means",
        "SELECT product, avg(amount) AS mean, avg(id) AS mean_id, stddev(id) AS spread FROM sale GROUP BY"
            + " product");
    queries.put(
        "groups_joined",
        "SELECT c.id, c.name, t.total FROM customer c JOIN (SELECT customer_id, sum(amount) AS total FROM"
            + " sale GROUP BY customer_id) t ON t.customer_id = c.id");
    queries.put(
        "groups_of_groups",
        "SELECT n, count(*) AS customers FROM (SELECT customer_id, count(*) AS n FROM sale GROUP BY"
            + " customer_id) t GROUP BY n");
    queries.put(
        "groups_of_left",
        "SELECT t.n, count(*) AS customers FROM (SELECT c.id, count(s.id) AS n FROM customer c LEFT JOIN"
            + " sale s ON s.customer_id = c.id GROUP BY c.id) t GROUP BY t.n");
    queries.put(
        "two_null_keys",
        "SELECT region, boss, max(credit) > 0 AS rich, bool_or(name = 'a') AS some FROM customer GROUP BY"
            + " region, boss");
    queries.put(
        "expression_key",
        "SELECT upper(region) AS region, max(id) AS last FROM customer GROUP BY upper(region)");
    queries.put(
        "distinct_joined",
        "SELECT d.region, i.label FROM (SELECT DISTINCT region, id % 6 AS k FROM"
            + " customer) d JOIN item i ON i.code = d.k");
    queries.put("except_plain", "SELECT id FROM customer EXCEPT SELECT customer_id FROM sale");
    queries.put("except_all", "SELECT code FROM item EXCEPT ALL SELECT product FROM sale");
    queries.put("intersect_plain", "SELECT label FROM item INTERSECT SELECT name FROM customer");
    queries.put(
        "intersect_all",
        "SELECT code, label FROM item INTERSECT ALL SELECT id, name FROM customer");
    queries.put(
        "union_of_unions",
        "SELECT x.v, count(*) AS n FROM (SELECT region AS v FROM customer UNION SELECT label FROM item) x"
            + " JOIN customer c ON c.region = x.v GROUP BY x.v");
    queries.put(
        "except_over_groups",
        "(SELECT customer_id, count(*) AS n FROM sale GROUP BY customer_id) EXCEPT SELECT id, 2 FROM"
            + " customer");
    DifferentialRun.keeps(version, queries);
  }

  /** Equal values that look different: the refined query is the only one to compare with (P10). */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void imagesOfEqualValues(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("coarse_groups", "SELECT credit, count(*) AS n FROM customer GROUP BY credit");
    queries.put("coarse_distinct", "SELECT DISTINCT price FROM item");
    queries.put("coarse_union", "SELECT price FROM item UNION SELECT credit FROM customer");
    queries.put("coarse_except", "SELECT price FROM item EXCEPT ALL SELECT credit FROM customer");
    queries.put("coarse_intersect", "SELECT price FROM item INTERSECT SELECT rate FROM sale");
    queries.put(
        "coarse_extremes",
        "SELECT code, min(price) AS least, max(price) AS most FROM item GROUP BY code");
    queries.put(
        "float_sums",
        "SELECT product, sum(weight) AS w, avg(weight) AS a FROM sale GROUP BY product");
    queries.put(
        "float_groups", "SELECT weight, count(*) AS n, sum(rate) AS r FROM sale GROUP BY weight");
    queries.put(
        "free_sums", "SELECT product, sum(rate) AS s, avg(rate) AS a FROM sale GROUP BY product");
    queries.put(
        "unordered_lists",
        "SELECT code, array_agg(price) AS prices, string_agg(label, ',') AS labels FROM item GROUP BY code");
    DifferentialRun.verified(version, queries);
  }

  /** An old row meets a new one that it never stood beside, and there is no quotient of them. */
  @Test
  void expressionsThatFailOverRowsThatCameAndWent() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(
          "CREATE TABLE a (id int PRIMARY KEY, x int)",
          "CREATE TABLE b (id int PRIMARY KEY, y int)",
          "INSERT INTO a SELECT n, n FROM generate_series(1, 9) AS n",
          "INSERT INTO b SELECT n, n FROM generate_series(1, 9) AS n");
      fixture.start();
      String query = "SELECT a.id, a.x / b.y AS quotient FROM a JOIN b ON b.id = a.id";
      fixture.bring(fixture.manual("quotients", query));
      fixture.database.execute("DELETE FROM a WHERE id = 1", "UPDATE b SET y = 0 WHERE id = 1");
      RefreshReport report = fixture.refresh("quotients");
      assertThat(report.mode()).isEqualTo("Full");
      assertThat(report.reason()).contains("came and went");
      fixture.assertExact("quotients", query);
      fixture.database.execute("UPDATE a SET x = 100 WHERE id = 3");
      assertThat(fixture.refresh("quotients").mode()).isEqualTo("Differential");
      fixture.assertExact("quotients", query);
    }
  }

  @Test
  void seedsOfTheirOwn() throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "mixture",
        "SELECT c.region, i.label, count(*) AS n, sum(s.amount) AS total FROM customer c LEFT JOIN sale s ON"
            + " s.customer_id = c.id LEFT JOIN item i ON i.code = s.product GROUP BY c.region, i.label");
    queries.put(
        "deep",
        "SELECT x.id, x.n, y.most FROM (SELECT c.id, count(s.id) AS n FROM customer c LEFT JOIN sale s ON"
            + " s.customer_id = c.id GROUP BY c.id) x LEFT JOIN (SELECT code, max(label) AS most FROM item"
            + " GROUP BY code) y ON y.code = x.n WHERE NOT EXISTS (SELECT FROM item i WHERE i.code = x.id)");
    for (long seed = 1; seed <= 3; seed++) {
      DifferentialRun.keeps(TestServers.newest(), queries, seed);
    }
  }
}
