package dev.pgtrickle.engine.refresh;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tables that are refreshed in one transaction, at one snapshot.
 *
 * @param members each after those that it reads
 */
public record RefreshUnit(List<Member> members) {

  /** A table and what is wanted of it. */
  public record Member(MaintainedTable table, RefreshOrder order) {}

  public RefreshUnit {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("nothing to refresh");
    }
    Set<Long> versions = new HashSet<>();
    for (Member member : members) {
      if (!versions.add(member.table().version().id())) {
        throw new IllegalArgumentException(
            member.table().definition().relation() + " is in its unit twice");
      }
    }
    members = List.copyOf(members);
  }

  public static RefreshUnit of(MaintainedTable table, RefreshOrder order) {
    return new RefreshUnit(List.of(new Member(table, order)));
  }

  /** The tables, in order. */
  public List<MaintainedTable> tables() {
    return members.stream().map(Member::table).toList();
  }
}
