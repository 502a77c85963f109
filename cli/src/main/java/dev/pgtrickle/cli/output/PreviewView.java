package dev.pgtrickle.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.preview.Preview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A preview as JSON and YAML show it. Field names, outcomes and modes are stable. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewView(
    String relation,
    String outcome,
    @Nullable String mode,
    @JsonProperty("class") @Nullable String planClass,
    @Nullable String reason,
    @Nullable List<Source> sources,
    @Nullable List<Operator> operators,
    @Nullable List<List<String>> keys,
    @Nullable List<String> warnings,
    @Nullable List<String> findings,
    @Nullable List<Lineage> lineage,
    @Nullable List<Statement> statements,
    @Nullable Problem problem) {

  /** A table that is read. */
  public record Source(String name, List<String> columns, String capture) {}

  /** A node of the plan. */
  public record Operator(
      String operator, String mode, @JsonProperty("class") String planClass, String reason) {}

  /** Where the values of a column come from. */
  public record Lineage(String column, List<String> origins) {}

  /** Generated SQL. */
  public record Statement(String purpose, String sql) {}

  /** Why it is refused. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Problem(
      String code,
      String message,
      @Nullable String where,
      @Nullable String excerpt,
      String remedy) {}

  public static PreviewView of(Preview preview) {
    return switch (preview) {
      case Preview.Accepted accepted -> accepted(accepted);
      case Preview.Refused refused -> refused(refused);
    };
  }

  private static PreviewView accepted(Preview.Accepted preview) {
    return new PreviewView(
        preview.relation().toString(),
        preview.mode() == Preview.Mode.FULL ? "FullOnly" : "Differential",
        preview.mode().word(),
        preview.planClass(),
        preview.reason(),
        preview.sources().stream()
            .map(source -> new Source(source.name().toString(), source.columns(), source.capture()))
            .toList(),
        preview.operators().stream()
            .map(operator ->
                new Operator(
                    operator.operator(),
                    operator.mode().word(),
                    operator.planClass(),
                    operator.reason()))
            .toList(),
        preview.keys(),
        preview.warnings(),
        preview.findings(),
        preview.lineage().stream()
            .map(column -> new Lineage(column.column(), column.origins()))
            .toList(),
        preview.statements().isEmpty()
            ? null
            : preview.statements().stream()
                .map(statement -> new Statement(statement.purpose(), statement.sql()))
                .toList(),
        null);
  }

  private static PreviewView refused(Preview.Refused preview) {
    TrickleException reason = preview.reason();
    return new PreviewView(
        preview.relation().toString(),
        "Refused",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new Problem(
            reason.code().word(),
            reason.what(),
            reason.where().orElse(null),
            reason.excerpt().orElse(null),
            reason.remedy()));
  }
}
