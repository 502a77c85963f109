package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.MaintenanceStatements;
import dev.pgtrickle.engine.source.ChangeWindow;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a refresh of one stream table needs; made anew when any of it changes.
 *
 * @param functionDefinitions hash of the user functions' definitions when the query was analysed,
 *     empty where it calls none (P7)
 */
public record MaintainedTable(
    long streamTableId,
    StreamTableDefinition definition,
    MaintenancePlan plan,
    MaintenanceStatements statements,
    VersionRecord version,
    List<MaintainedSource> sources,
    Optional<String> functionDefinitions) {

  public List<ChangeWindow> windows() {
    return sources.stream().map(MaintainedSource::window).toList();
  }

  /** The same table with other windows. */
  public MaintainedTable withSources(List<MaintainedSource> changed) {
    return new MaintainedTable(
        streamTableId, definition, plan, statements, version, changed, functionDefinitions);
  }

  /** The same table after its first load. */
  public MaintainedTable populated() {
    return withVersion(
        new VersionRecord(
            version.id(),
            version.storage(),
            version.guard(),
            VersionRecord.Population.POPULATED,
            version.gate()));
  }

  /** The same table with what the registry says of its storage now. */
  public MaintainedTable withVersion(VersionRecord present) {
    return new MaintainedTable(
        streamTableId, definition, plan, statements, present, sources, functionDefinitions);
  }
}
