package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Kubernetes can call an object. */
final class KubernetesNames {
  private static final int MAXIMUM_LENGTH = 253;
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

  private KubernetesNames() {}

  /** A key of a ConfigMap or a Secret. */
  static void checkKey(FieldPath path, String key, Problems problems) {
    if (!KEY.matcher(key).matches()) {
      problems.invalid(
          path,
          "\"" + key + "\" is no key of a ConfigMap or Secret",
          "use at most 253 characters of a-z, A-Z, 0-9, -, _ and .");
    }
  }

  static void check(FieldPath path, @Nullable String name, Problems problems) {
    if (name == null || name.isEmpty()) {
      problems.invalid(path, "the name is missing", "write the object's name");
    } else if (name.length() > MAXIMUM_LENGTH || !SUBDOMAIN.matcher(name).matches()) {
      problems.invalid(
          path,
          "\"" + name + "\" is no Kubernetes name",
          "use at most 253 characters of a-z, 0-9, - and ., beginning and ending with a letter or"
              + " digit");
    }
  }
}
