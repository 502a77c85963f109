package dev.pgtrickle.cnpg.connection;

import java.util.Optional;

/**
 * Secrets and ConfigMaps, each read by its name at the moment it is needed: the operator has no
 * right to list them and keeps none.
 */
public interface NamedObjects {

  Optional<SecretValues> secret(String namespace, String name);

  /** One value of a Secret; the others are forgotten before this returns. */
  Optional<String> secretValue(String namespace, String name, String key);

  /** One value of a ConfigMap. */
  Optional<String> configMapValue(String namespace, String name, String key);
}
