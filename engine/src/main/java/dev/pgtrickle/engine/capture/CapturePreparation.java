package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.BufferPair;
import dev.pgtrickle.engine.catalog.BufferSide;
import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.catalog.SourceReaders;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.definition.Buffers;
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
  private final InstalledTriggers triggers = new InstalledTriggers();
  private final SourceReaders readers = new SourceReaders();
  private final PublicationGuard publications;
  private final BufferDemand demand;

  CapturePreparation(CaptureInstallation installation, PublicationGuard publications) {
    this.installation = installation;
    this.registry = installation.registry();
    this.publications = publications;
    this.demand = new BufferDemand(publications);
  }

  /** The source as it is left, to be completed behind the barrier if it has to be. */
  RegisteredSource ensure(
      Connection connection, SourceRequirement requirement, CaptureOptions options)
      throws SQLException {
    installation.lockBufferSet(connection);
    SourceRelation relation =
        installation.relation(connection, requirement.relationOid(), requirement.name());
    check.accept(relation, requirement.attributeNumbers());
    publications.check(connection, options.publication());
    Optional<RegisteredSource> known = registry.ofRelation(connection, relation.oid());
    if (known.isEmpty()) {
      return install(connection, relation, requirement.attributeNumbers(), options);
    }
    RegisteredSource source = installation.registered(connection, known.get().id());
    identifyPublished(connection, source);
    Buffers persistence = demand.of(connection, source, options.buffers());
    SortedMap<Integer, String> wanted = types(relation, source.currentPair().columns().keySet());
    boolean typesHold = wanted.equals(source.currentPair().columns());
    if (!typesHold
        || relation.coverage() != source.coverage()
        || !installation.isIntact(connection, source)) {
      wanted.putAll(types(relation, requirement.attributeNumbers()));
      return reopen(connection, relation, source, wanted, options.with(persistence));
    }
    boolean covered = source.currentPair().has(requirement.attributeNumbers());
    boolean quieter = options.wake() == WakeUp.POLL && source.wake() == WakeUp.NOTIFY;
    if (covered && !quieter && source.currentPair().persistence() == persistence) {
      return source;
    }
    wanted.putAll(types(relation, requirement.attributeNumbers()));
    CaptureOptions merged =
        new CaptureOptions(
            quieter ? WakeUp.POLL : source.wake(),
            later(source, options),
            persistence,
            options.publication());
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
    publications.check(
        connection,
        readers.isPublicationAccepted(connection, sourceId)
            ? AllTablesPublication.ACCEPTED
            : AllTablesPublication.REFUSED);
    identifyPublished(connection, source);
    Buffers persistence = demand.of(connection, source, source.currentPair().persistence());
    return reopen(
        connection, relation, source, types(relation, captured), options.with(persistence));
  }

  /**
   * Logged buffers are left behind by unlogged ones then, and there are rows to be read in them.
   */
  private void identifyPublished(Connection connection, RegisteredSource source)
      throws SQLException {
    if (publications.present(connection).isPresent()) {
      installation.identifyLogged(connection, source);
    }
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
    installation.addPair(connection, id, 1, types(relation, attributeNumbers), options.buffers());
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
    installation.openGap(connection, source);
    triggers.takeOffOthers(connection, source.id(), relation.tree());
    RegisteredSource covered = source.withCoverage(relation.coverage());
    RegisteredSource written = write(connection, relation, covered, wanted, options);
    installation.attach(connection, written, relation);
    return installation.registered(connection, source.id());
  }

  /** Writes the functions; into a new generation when the present one is not as it should be. */
  private RegisteredSource write(
      Connection connection,
      SourceRelation relation,
      RegisteredSource source,
      SortedMap<Integer, String> wanted,
      CaptureOptions options)
      throws SQLException {
    BufferPair present = source.currentPair();
    if (wanted.equals(present.columns()) && present.persistence() == options.buffers()) {
      installation.writeFunctions(connection, source, relation, options, source.activeSide());
      return installation.registered(connection, source.id());
    }
    installation.addPair(
        connection, source.id(), present.generation() + 1, wanted, options.buffers());
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
