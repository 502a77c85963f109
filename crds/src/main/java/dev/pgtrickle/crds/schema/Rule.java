package dev.pgtrickle.crds.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A CEL rule. On a kind it sees the whole object. One with {@code oldSelf} runs on updates only,
 * and on an optional field only while the field stays: see {@link Immutable}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
@Repeatable(Rule.All.class)
public @interface Rule {
  String value();

  /** What is wrong and what to write instead. */
  String message();

  /** The field below this one that the message is about, as a path that begins with a dot. */
  String field() default "";

  /** What Java needs so that an annotation can be repeated. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
  @interface All {
    Rule[] value();
  }
}
