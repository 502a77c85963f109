package dev.pgtrickle.crds.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A column of {@code kubectl get}, in the order of the annotations. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(PrinterColumn.All.class)
public @interface PrinterColumn {
  /** Shown with every get. */
  int ALWAYS = 0;

  /** Shown with {@code -o wide}. */
  int WIDE = 1;

  String name();

  String path();

  String type() default "string";

  int priority() default ALWAYS;

  /** What Java needs so that an annotation can be repeated. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    PrinterColumn[] value();
  }
}
