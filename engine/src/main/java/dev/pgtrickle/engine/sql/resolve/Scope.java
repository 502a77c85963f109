package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.tree.ColumnName;
import dev.pgtrickle.engine.sql.tree.NamedWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the names of one query level mean; what they do not mean here is asked one level up. */
final class Scope {
  private final @Nullable Scope outer;
  private final List<FromEntry> entries = new ArrayList<>();
  private final Map<Identifier, ColumnId> merged = new LinkedHashMap<>();
  private final Map<Identifier, CommonTableEntry> commonTables = new HashMap<>();
  private final List<GroupBy.Call> aggregates = new ArrayList<>();
  private final List<Window.Call> windows = new ArrayList<>();
  private List<NamedWindow> namedWindows = List.of();
  private boolean returnsSets;

  /** A column, and the level that it belongs to. */
  record Found(ColumnId column, Scope level) {}

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  @Nullable Scope outer() {
    return outer;
  }

  /** What a query sees that stands beside the items of this level and not after them. */
  Scope withoutEntries() {
    Scope beside = new Scope(outer);
    beside.commonTables.putAll(commonTables);
    return beside;
  }

  void add(FromEntry entry) {
    entries.add(entry);
  }

  void remove(List<FromEntry> hidden) {
    entries.removeAll(hidden);
  }

  void merge(Identifier name, ColumnId column) {
    merged.put(name, column);
  }

  void unmerge(Identifier name) {
    merged.remove(name);
  }

  void define(CommonTableEntry table) {
    commonTables.put(table.name(), table);
  }

  Optional<CommonTableEntry> commonTable(Identifier name) {
    for (Scope level = this; level != null; level = level.outer) {
      CommonTableEntry found = level.commonTables.get(name);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  List<GroupBy.Call> aggregates() {
    return aggregates;
  }

  List<Window.Call> windows() {
    return windows;
  }

  void namedWindows(List<NamedWindow> defined) {
    namedWindows = defined;
  }

  NamedWindow namedWindow(Identifier name, int offset) {
    return namedWindows.stream()
        .filter(window -> window.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UnresolvedException("window " + name + " is unknown", offset));
  }

  void returnsSets() {
    returnsSets = true;
  }

  /** Whether a set-returning function was called since the last time this was asked. */
  boolean takeReturnsSets() {
    boolean taken = returnsSets;
    returnsSets = false;
    return taken;
  }

  Found find(ColumnName name) {
    for (Scope level = this; level != null; level = level.outer) {
      Optional<ColumnId> found =
          name.path().size() == 1
              ? level.unqualified(name)
              : level.qualified(name.path().get(name.path().size() - 2), name);
      if (found.isPresent()) {
        return new Found(found.get(), level);
      }
    }
    throw new UnresolvedException("column " + name.path() + " is unknown", name.offset());
  }

  Found findRow(Identifier alias, int offset) {
    for (Scope level = this; level != null; level = level.outer) {
      for (FromEntry entry : level.entries) {
        if (entry.alias().equals(Optional.of(alias)) && entry.wholeRow().isPresent()) {
          return new Found(entry.wholeRow().get(), level);
        }
      }
    }
    throw new UnresolvedException("the row " + alias + " is used as a value", offset);
  }

  private Optional<ColumnId> unqualified(ColumnName name) {
    Identifier wanted = name.path().getFirst();
    ColumnId joined = merged.get(wanted);
    if (joined != null) {
      return Optional.of(joined);
    }
    return one(entries.stream().flatMap(entry -> entry.find(wanted).stream()).toList(), name);
  }

  private Optional<ColumnId> qualified(Identifier alias, ColumnName name) {
    List<FromEntry> named =
        entries.stream().filter(entry -> entry.alias().equals(Optional.of(alias))).toList();
    if (named.isEmpty()) {
      return Optional.empty();
    }
    Optional<ColumnId> found =
        one(
            named.stream().flatMap(entry -> entry.find(name.path().getLast()).stream()).toList(),
            name);
    if (found.isEmpty()) {
      throw new UnresolvedException("column " + name.path() + " is unknown", name.offset());
    }
    return found;
  }

  private static Optional<ColumnId> one(List<ColumnId> found, ColumnName name) {
    List<ColumnId> distinct = found.stream().distinct().toList();
    if (distinct.size() > 1) {
      throw new UnresolvedException("column " + name.path() + " is ambiguous", name.offset());
    }
    return distinct.stream().findFirst();
  }
}
