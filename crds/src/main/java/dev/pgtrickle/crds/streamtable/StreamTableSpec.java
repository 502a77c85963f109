package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for. A component is null when the user did not say it: defaults are not filled
 * in here, so that they can be told from the user's word.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamTableSpec(
    @Nullable NamedReference cluster,
    @Nullable SecretConnection connection,
    @Nullable String database,
    @Nullable TableName table,
    @Nullable String owner,
    @Nullable Credentials credentials,
    @Nullable String query,
    @Nullable QuerySource queryFrom,
    @Nullable RefreshSpec refresh,
    @Nullable Preset preset,
    @Nullable NamedReference schedulePolicyRef,
    @Nullable ScheduleSpec schedule,
    @Nullable Tier tier,
    @Nullable ServiceLevel sla,
    @Nullable CaptureSpec capture,
    @Nullable ConsistencySpec consistency,
    List<String> primaryKey,
    List<IndexSpec> indexes,
    List<GrantSpec> grants,
    @Nullable Initialize initialize,
    @Nullable Boolean suspend,
    @Nullable QueryChangePolicy onQueryChange,
    @Nullable String approvedDefinition,
    @Nullable DriftPolicy driftPolicy,
    @Nullable AdoptionPolicy adoptionPolicy,
    @Nullable DeletionPolicy deletionPolicy,
    @Nullable SnapshotReference bootstrap,
    @Nullable LimitsSpec limits) {

  public StreamTableSpec {
    primaryKey = primaryKey == null ? List.of() : List.copyOf(primaryKey);
    indexes = indexes == null ? List.of() : List.copyOf(indexes);
    grants = grants == null ? List.of() : List.copyOf(grants);
  }
}
