package dev.pgtrickle.engine.plan;

import java.util.List;

/**
 * A {@code WITH ...} clause that brings a storage table up to date. Its last CTEs are named {@code
 * deleted}, {@code updated} and {@code inserted} and return one row for every row they changed; the
 * refresh appends the statement that reports them: {@code INSERT INTO pgtrickle.history ... SELECT
 * (SELECT count(*) FROM inserted) ...}.
 *
 * @param withClause from {@code WITH} to the last closing parenthesis, without a trailing comma
 * @param parameters what each {@code ?} in it means, in order; empty where literals are used
 */
public record ApplyStatement(String withClause, List<WindowParameter> parameters) {}
