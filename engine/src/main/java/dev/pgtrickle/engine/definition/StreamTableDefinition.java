package dev.pgtrickle.engine.definition;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * What a user asked for, with every default filled in: the engine knows nothing of manifests.
 *
 * @param owner role whose rights the query has; empty = the engine role
 * @param primaryKey columns that the user declares unique, empty = derived
 */
public record StreamTableDefinition(
    QualifiedName relation,
    String query,
    RefreshMode mode,
    Fallback fallback,
    Schedule schedule,
    Wake wake,
    Optional<Identifier> owner,
    List<Identifier> primaryKey,
    List<IndexDefinition> indexes,
    List<Grant> grants,
    Limits limits,
    Activity activity,
    Origin origin,
    Policies policies,
    CaptureWish capture) {

  /** With the capture that a user gets who says nothing about it. */
  public StreamTableDefinition(
      QualifiedName relation,
      String query,
      RefreshMode mode,
      Fallback fallback,
      Schedule schedule,
      Wake wake,
      Optional<Identifier> owner,
      List<Identifier> primaryKey,
      List<IndexDefinition> indexes,
      List<Grant> grants,
      Limits limits,
      Activity activity,
      Origin origin,
      Policies policies) {
    this(
        relation,
        query,
        mode,
        fallback,
        schedule,
        wake,
        owner,
        primaryKey,
        indexes,
        grants,
        limits,
        activity,
        origin,
        policies,
        CaptureWish.defaults());
  }

  /** With the policies that a user gets who says nothing about them. */
  public StreamTableDefinition(
      QualifiedName relation,
      String query,
      RefreshMode mode,
      Fallback fallback,
      Schedule schedule,
      Wake wake,
      Optional<Identifier> owner,
      List<Identifier> primaryKey,
      List<IndexDefinition> indexes,
      List<Grant> grants,
      Limits limits,
      Activity activity,
      Origin origin) {
    this(
        relation,
        query,
        mode,
        fallback,
        schedule,
        wake,
        owner,
        primaryKey,
        indexes,
        grants,
        limits,
        activity,
        origin,
        Policies.defaults());
  }

  /** The same for another owner. */
  public StreamTableDefinition ownedBy(Origin other) {
    return new StreamTableDefinition(
        relation,
        query,
        mode,
        fallback,
        schedule,
        wake,
        owner,
        primaryKey,
        indexes,
        grants,
        limits,
        activity,
        other,
        policies,
        capture);
  }

  /**
   * These settings with the rows of another definition: what goes on while a change of the query
   * waits for a person.
   */
  public StreamTableDefinition withRowsOf(StreamTableDefinition other) {
    return new StreamTableDefinition(
        relation,
        other.query(),
        mode,
        fallback,
        schedule,
        wake,
        other.owner(),
        other.primaryKey(),
        other.indexes(),
        grants,
        limits,
        activity,
        origin,
        policies,
        capture);
  }

  /** The same with another wish for the capture of its sources. */
  public StreamTableDefinition with(CaptureWish other) {
    return new StreamTableDefinition(
        relation,
        query,
        mode,
        fallback,
        schedule,
        wake,
        owner,
        primaryKey,
        indexes,
        grants,
        limits,
        activity,
        origin,
        policies,
        other);
  }

  /** The mode that the query has to admit: who refuses to fall back insists on deltas. */
  public RefreshMode demand() {
    return mode == RefreshMode.AUTO && fallback == Fallback.NEVER ? RefreshMode.DIFFERENTIAL : mode;
  }

  /** Whether the table is being kept current. */
  public enum Activity {
    ACTIVE,
    SUSPENDED
  }
}
