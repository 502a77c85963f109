package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.plan.MaintenancePlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan together with what the catalog looked like while it was made, so that a refresh can tell
 * whether it still holds.
 *
 * @param fingerprints by relation oid
 * @param functionDefinitions hash of the user functions, empty where the query calls none
 */
public record Analysis(
    MaintenancePlan plan,
    Map<Long, List<Long>> fingerprints,
    Optional<String> functionDefinitions) {}
