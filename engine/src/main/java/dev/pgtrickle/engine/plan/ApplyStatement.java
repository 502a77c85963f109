package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.delta.CommonTable;
import java.util.List;

/**
 * A {@code WITH ...} clause that brings a storage table up to date. CTEs of it are named {@code
 * deleted}, {@code updated} and {@code inserted} and return one row for every row they changed; the
 * refresh appends the statement that reports them: {@code INSERT INTO pgtrickle.history ... SELECT
 * (SELECT count(*) FROM inserted) ...}.
 *
 * @param withClause from {@code WITH} to the last closing parenthesis, without a trailing comma
 * @param parameters what each {@code ?} in it means, in order; empty where literals are used
 */
public record ApplyStatement(String withClause, List<WindowParameter> parameters) {

  /** The same with further common tables, without parameters. */
  ApplyStatement with(List<CommonTable> parts) {
    return new ApplyStatement(new WithClause().addAll(parts).after(withClause), parameters);
  }
}
