package dev.pgtrickle.cnpg.connection;

import java.util.Map;
import java.util.Optional;

/** A Secret's labels and decoded values. Never shown: only its name is. */
public final class SecretValues {
  private final String name;
  private final Map<String, String> labels;
  private final Map<String, String> values;

  public SecretValues(String name, Map<String, String> labels, Map<String, String> values) {
    this.name = name;
    this.labels = Map.copyOf(labels);
    this.values = Map.copyOf(values);
  }

  public boolean isLabelled(String label) {
    return "true".equals(labels.get(label));
  }

  public Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  @Override
  public String toString() {
    return "Secret " + name;
  }
}
