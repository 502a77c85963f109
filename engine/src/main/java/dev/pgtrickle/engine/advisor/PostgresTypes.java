package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Nullability;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Types that Calcite may compare but not interpret. Only truth values, and what counts rows, are
 * its own; every one may be NULL, because nothing is to be concluded from what cannot.
 */
final class PostgresTypes extends SqlTypeFactoryImpl {

  PostgresTypes() {
    super(RelDataTypeSystem.DEFAULT);
  }

  RelDataType of(Column column) {
    return of(column.type());
  }

  RelDataType of(ColumnType type) {
    String collation =
        type.collation().map(facts -> " COLLATE " + facts.name().quoted()).orElse("");
    return switch (type.text()) {
      case "boolean" -> truth();
      case "bigint" -> super.createTypeWithNullability(createSqlType(SqlTypeName.BIGINT), true);
      default -> named(type.text() + collation);
    };
  }

  RelDataType truth() {
    return super.createTypeWithNullability(createSqlType(SqlTypeName.BOOLEAN), true);
  }

  RelDataType named(String text) {
    return canonize(new PostgresType(text, Nullability.NULLABLE));
  }

  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    return type instanceof PostgresType own
        ? canonize(own.with(nullable ? Nullability.NULLABLE : Nullability.NOT_NULL))
        : super.createTypeWithNullability(type, nullable);
  }

  /** No common type of two different ones: PostgreSQL would have said so by a cast. */
  @Override
  public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule rule) {
    RelDataType first = types.getFirst();
    if (!(first instanceof PostgresType)) {
      return super.leastRestrictive(types, rule);
    }
    RelDataType wanted = createTypeWithNullability(first, true);
    boolean same =
        types.stream().allMatch(type -> createTypeWithNullability(type, true).equals(wanted));
    return same ? wanted : null;
  }
}
