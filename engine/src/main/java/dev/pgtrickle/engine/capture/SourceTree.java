package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A source with all tables below it: partitions, or what inherits from it. A statement fires the
 * triggers of the one table that it names, whatever tables its rows are in; so each member has
 * triggers, and no row is captured twice.
 *
 * @param members the source itself first, then the others in order of oid
 */
record SourceTree(List<Member> members) {

  /**
   * A table of the tree.
   *
   * @param kind pg_class.relkind
   * @param persistence pg_class.relpersistence
   * @param partition whether it is a partition: then it gets row triggers from its parent
   * @param owned whether the engine role owns it
   * @param triggerable whether the engine role may create triggers on it
   * @param detaching whether DETACH PARTITION CONCURRENTLY is at work on it, or was interrupted
   */
  record Member(
      long oid,
      QualifiedName name,
      String kind,
      String persistence,
      boolean partition,
      boolean owned,
      boolean triggerable,
      boolean detaching) {

    /** A partitioned table has no rows of its own. */
    boolean hasRows() {
      return kind.equals("r");
    }
  }

  /**
   * A query, to stand behind WITH RECURSIVE, for the members and whether they are being detached.
   *
   * @param root an expression for the oid of the source
   */
  static String membersOf(String root) {
    return """
    tree (member, detaching) AS (
        SELECT %s, false
        UNION
        SELECT link.inhrelid, link.inhdetachpending
        FROM tree JOIN pg_inherits AS link ON link.inhparent = tree.member)\
    """
        .formatted(root);
  }

  /** Empty when the source is gone. */
  static SourceTree read(Connection connection, long oid) throws SQLException {
    String sql =
        """
        WITH RECURSIVE %s
        SELECT class.oid::bigint AS oid, namespace.nspname, class.relname, class.relkind::text,
               class.relpersistence::text, class.relispartition,
               pg_has_role(class.relowner, 'USAGE') AS owned,
               has_table_privilege(class.oid, 'TRIGGER') AS triggerable,
               bool_or(tree.detaching) AS detaching
        FROM tree
        JOIN pg_class AS class ON class.oid = tree.member
        JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
        GROUP BY class.oid, namespace.nspname, class.relname, class.relkind, class.relpersistence,
                 class.relispartition, class.relowner
        ORDER BY class.oid <> ?::bigint::oid, class.oid
        """
            .formatted(membersOf("?::bigint::oid"));
    List<Member> members = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, oid);
      statement.setLong(2, oid);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          members.add(
              new Member(
                  row.getLong("oid"),
                  QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                  row.getString("relkind"),
                  row.getString("relpersistence"),
                  row.getBoolean("relispartition"),
                  row.getBoolean("owned"),
                  row.getBoolean("triggerable"),
                  row.getBoolean("detaching")));
        }
      }
    }
    return new SourceTree(List.copyOf(members));
  }

  List<QualifiedName> names() {
    return members.stream().map(Member::name).toList();
  }

  boolean has(long oid) {
    return members.stream().anyMatch(member -> member.oid() == oid);
  }
}
