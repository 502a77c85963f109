package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.source.SourceRequirement;
import java.util.List;
import java.util.Optional;

/**
 * How one query is maintained: by what means, what is stored, how a stored row is found, what is
 * captured, and which class every operator has. Independent of where the storage stands; {@link
 * MaintenanceStatements} are rendered from it for one storage table.
 *
 * @param canonicalQuery the query as PostgreSQL prints it, every name quoted
 * @param columns the storage's columns: first exactly the query's columns, in order, then hidden
 *     ones
 * @param key how a row of the delta finds its stored row
 * @param kept what is kept beside the storage, where not all groups are in it
 * @param sources the base tables and the columns of them that matter, in order of oid
 * @param views oids of the views that the query reads and that were replaced by their queries
 * @param functions oids of user functions that the query calls (their bodies are part of P7)
 * @param types oids of enum, domain and composite types whose definition the result rests on
 * @param operators every node of the plan with its class, for status and preview
 */
public record MaintenancePlan(
    String canonicalQuery,
    Upkeep upkeep,
    List<StorageColumn> columns,
    StorageKey key,
    Optional<KeptState> kept,
    List<SourceRequirement> sources,
    List<Long> views,
    List<Long> functions,
    List<Long> types,
    List<OperatorClass> operators) {

  /**
   * Whether all that a delta reads of present rows is found by keys of its own rows: its price then
   * is theirs, as long as they are few beside the tables.
   */
  public boolean isFollowedByKeys() {
    return operators.stream()
        .allMatch(operator ->
            switch (operator.planClass()) {
              case LINEAR, BILINEAR, COUNTED, ALGEBRAIC -> true;
              case EXTREMUM,
                  GROUP_RECOMPUTE,
                  PARTITION_RECOMPUTE,
                  BOUNDED_RESCAN,
                  NODE_RECOMPUTE,
                  FULL ->
                  false;
            });
  }

  /** Whether only full refreshes keep it current. */
  public boolean isFullOnly() {
    return upkeep instanceof Upkeep.Full;
  }
}
