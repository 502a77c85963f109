package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.BufferPair;
import dev.pgtrickle.engine.catalog.BufferSide;
import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.source.SourceRequirement;
import dev.pgtrickle.engine.source.WakeUp;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first transaction of an installation, extension or repair: everything that is changed before
 * the barrier. It can die at any moment: what it leaves is either nothing, or a source whose
 * horizon is everything, or a generation that is not settled, and both are completed by the next
 * call.
 */
final class CapturePreparation {
  private final CaptureInstallation installation;
  private final SourceRegistry registry;
  private final SourceCheck check = new SourceCheck();
  private final PublicationGuard publications;

  CapturePreparation(CaptureInstallation installation, PublicationGuard publications) {
    this.installation = installation;
    this.registry = installation.registry();
    this.publications = publications;
  }

  /** The source as it is left, to be completed behind the barrier if it has to be. */
  RegisteredSource ensure(
      Connection connection, SourceRequirement requirement, CaptureOptions options)
      throws SQLException {
    installation.lockBufferSet(connection);
    SourceRelation relation =
        installation.relation(connection, requirement.relationOid(), requirement.name());
    check.accept(relation, requirement.attributeNumbers());
    publications.check(connection);
    Optional<RegisteredSource> known = registry.ofRelation(connection, relation.oid());
    if (known.isEmpty()) {
      return install(connection, relation, requirement.attributeNumbers(), options);
    }
    RegisteredSource source = installation.registered(connection, known.get().id());
    SortedMap<Integer, String> wanted = types(relation, source.currentPair().columns().keySet());
    boolean typesHold = wanted.equals(source.currentPair().columns());
    if (!typesHold
        || relation.coverage() != source.coverage()
        || !installation.isIntact(connection, source)) {
      wanted.putAll(types(relation, requirement.attributeNumbers()));
      return reopen(connection, relation, source, wanted, options);
    }
    boolean covered = source.currentPair().has(requirement.attributeNumbers());
    boolean quieter = options.wake() == WakeUp.POLL && source.wake() == WakeUp.NOTIFY;
    if (covered && !quieter) {
      return source;
    }
    wanted.putAll(types(relation, requirement.attributeNumbers()));
    CaptureOptions merged =
        new CaptureOptions(quieter ? WakeUp.POLL : source.wake(), later(source, options));
    return write(connection, relation, source, wanted, merged);
  }

  /** Opens a gap and makes everything as it should be. */
  RegisteredSource repair(Connection connection, long sourceId, CaptureOptions options)
      throws SQLException {
    installation.lockBufferSet(connection);
    RegisteredSource source = installation.registered(connection, sourceId);
    SourceRelation relation =
        installation.relation(connection, source.relationOid(), source.name());
    Set<Integer> captured = source.currentPair().columns().keySet();
    check.accept(relation, Set.of());
    publications.check(connection);
    return reopen(connection, relation, source, types(relation, captured), options);
  }

  private RegisteredSource install(
      Connection connection,
      SourceRelation relation,
      Set<Integer> attributeNumbers,
      CaptureOptions options)
      throws SQLException {
    long id =
        registry.add(
            connection,
            relation.oid(),
            relation.name(),
            options.leaseUntil(),
            options.wake(),
            relation.coverage());
    installation.addPair(connection, id, 1, types(relation, attributeNumbers));
    RegisteredSource source = installation.registered(connection, id);
    installation.writeFunctions(connection, source, relation, options, BufferSide.A);
    installation.attach(connection, source, relation);
    return installation.registered(connection, id);
  }

  private RegisteredSource reopen(
      Connection connection,
      SourceRelation relation,
      RegisteredSource source,
      SortedMap<Integer, String> wanted,
      CaptureOptions options)
      throws SQLException {
    registry.openGap(connection, source.id());
    installation.detachOthers(connection, source.id(), relation.tree());
    RegisteredSource covered = source.withCoverage(relation.coverage());
    RegisteredSource written = write(connection, relation, covered, wanted, options);
    installation.attach(connection, written, relation);
    return installation.registered(connection, source.id());
  }

  /** Writes the functions; into a new generation when the present one has not all columns. */
  private RegisteredSource write(
      Connection connection,
      SourceRelation relation,
      RegisteredSource source,
      SortedMap<Integer, String> wanted,
      CaptureOptions options)
      throws SQLException {
    BufferPair present = source.currentPair();
    if (wanted.equals(present.columns())) {
      installation.writeFunctions(connection, source, relation, options, source.activeSide());
      return installation.registered(connection, source.id());
    }
    installation.addPair(connection, source.id(), present.generation() + 1, wanted);
    RegisteredSource extended =
        installation.registered(connection, source.id()).withCoverage(source.coverage());
    installation.writeFunctions(connection, extended, relation, options, BufferSide.A);
    return installation.registered(connection, source.id());
  }

  private static Instant later(RegisteredSource source, CaptureOptions options) {
    return source.leaseUntil().isAfter(options.leaseUntil())
        ? source.leaseUntil()
        : options.leaseUntil();
  }

  /** Columns that are gone are left out: whoever needs them finds a difference of columns. */
  private static SortedMap<Integer, String> types(
      SourceRelation relation, Iterable<Integer> attributeNumbers) {
    SortedMap<Integer, String> types = new TreeMap<>();
    for (int attributeNumber : attributeNumbers) {
      SourceRelation.Column column = relation.columns().get(attributeNumber);
      if (column != null && !column.virtual()) {
        types.put(attributeNumber, column.type());
      }
    }
    return types;
  }
}
