package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * P8: what keeps everybody but refreshes from changing rows. A view passes writes on to its table
 * with its owner's rights, so the owner has none; whoever is granted one all the same meets a
 * trigger; and the storage demands a setting that only refreshes make. Replaced by planted bugs in
 * tests.
 */
public class WriteGuards {
  /** The trigger on the view. */
  public static final Identifier VIEW_TRIGGER = Identifier.of("pgtrickle_read_only");

  /** The trigger on the storage. */
  public static final Identifier STORAGE_TRIGGER = Identifier.of("pgtrickle_guard");

  /** The trigger that refuses writes through the view. */
  public List<String> onView(QualifiedName relation) {
    return List.of(
        """
        CREATE OR REPLACE TRIGGER %s INSTEAD OF INSERT OR UPDATE OR DELETE ON %s
        FOR EACH ROW EXECUTE FUNCTION pgtrickle.refuse_write_through_view()\
        """
            .formatted(VIEW_TRIGGER.quoted(), relation.quoted()));
  }

  /** Takes the right to write through the view away from those who have it by themselves. */
  public List<String> onOwner(QualifiedName relation, Optional<Identifier> owner) {
    return List.of(
        "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON %s FROM %s"
            .formatted(relation.quoted(), owner.map(Identifier::quoted).orElse("CURRENT_USER")));
  }

  /** The trigger that lets only refreshes write the storage. */
  public List<String> onStorage(QualifiedName storage) {
    return List.of(
        """
        CREATE OR REPLACE TRIGGER %s BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION pgtrickle.refuse_foreign_write()\
        """
            .formatted(STORAGE_TRIGGER.quoted(), storage.quoted()));
  }
}
