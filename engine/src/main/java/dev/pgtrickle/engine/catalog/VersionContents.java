package dev.pgtrickle.engine.catalog;

import java.util.List;
import java.util.Optional;

/**
 * What a storage version holds, and what we left around it.
 *
 * @param revision of the stream table: everything up to it has been brought about
 * @param definitionHash of the query that the rows answer
 * @param layout columns and key of the storage, as JSON; written and read by the lifecycle
 * @param viewColumns what readers see; the storage may have more
 * @param fill how the rows of another query have to be put in; empty = the rows fit the layout
 * @param indexes names of the user's indexes
 * @param grants roles that may read by our grant
 * @param viewOwner empty = the engine role
 */
public record VersionContents(
    long revision,
    String definitionHash,
    String layout,
    List<String> viewColumns,
    Optional<Fill> fill,
    List<String> indexes,
    List<String> grants,
    String viewOwner) {

  /** How the rows of a changed definition replace the old ones. */
  public enum Fill {
    /** The key is the same: only rows that differ are touched. */
    DIFFERENCE("difference"),
    /** Another key: no old row can be matched. */
    REPLACEMENT("replacement");

    private final String word;

    Fill(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Fill of(String word) {
      return word.equals(DIFFERENCE.word) ? DIFFERENCE : REPLACEMENT;
    }
  }
}
