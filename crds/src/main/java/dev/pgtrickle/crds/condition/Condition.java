package dev.pgtrickle.crds.condition;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.Timestamp;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Length;
import dev.pgtrickle.crds.schema.Matching;
import dev.pgtrickle.crds.schema.Range;
import dev.pgtrickle.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/**
 * One statement about an object, as Kubernetes defines it. Type and reason are text, so that an
 * older operator can read what a newer one wrote; they are written through {@link ConditionType}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @Required
        @Length(min = 1, max = 316)
        @Matching("^[A-Za-z][A-Za-z0-9]*$")
        @Description("What the condition is about, for example Ready.")
        String type,
    @Required @Description("Whether it holds: True, False or Unknown.") ConditionStatus status,
    @Required
        @Length(min = 1, max = 1024)
        @Matching("^[A-Za-z][A-Za-z0-9]*$")
        @Description("Why, in one word that scripts may rely on.")
        String reason,
    @Required @Length(max = LONGEST_MESSAGE) @Description("Why, for people.") String message,
    @Range(min = 0) @Description("The metadata.generation that the condition is about.")
        @Nullable Long observedGeneration,
    @Required
        @Description("When status last changed; it does not move while the status stays the same.")
        Timestamp lastTransitionTime) {
  private static final int LONGEST_MESSAGE = 32_768;

  /** A message that is too long is cut: a refused status would say nothing at all. */
  public Condition {
    message = message == null ? "" : message;
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE - 3) + "...";
    }
  }

  /** Whether this is the condition of that type. */
  public boolean isOf(ConditionType<?> wanted) {
    return type.equals(wanted.word());
  }

  /** The same statement since another time. */
  public Condition since(Timestamp time) {
    return new Condition(type, status, reason, message, observedGeneration, time);
  }
}
