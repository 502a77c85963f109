package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.relations.Nullability;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/** A type of PostgreSQL as Calcite sees it: a name, of which nothing follows. */
final class PostgresType extends AbstractSqlType {
  private static final long serialVersionUID = 1L;

  private final String text;

  PostgresType(String text, Nullability nullability) {
    super(SqlTypeName.OTHER, nullability == Nullability.NULLABLE, null);
    this.text = text;
    computeDigest();
  }

  PostgresType with(Nullability nullability) {
    return new PostgresType(text, nullability);
  }

  @Override
  protected void generateTypeString(StringBuilder words, boolean withDetail) {
    words.append(text);
  }
}
