package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index on the result.
 *
 * @param method default: btree
 * @param unique default: false
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record IndexSpec(
    List<String> columns, @Nullable IndexMethod method, @Nullable Boolean unique) {

  public IndexSpec {
    columns = columns == null ? List.of() : List.copyOf(columns);
  }
}
