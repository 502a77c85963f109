package dev.pgtrickle.cnpg.connection;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from the API server, without a cache. */
public final class KubernetesObjects implements NamedObjects {
  private final KubernetesClient client;

  public KubernetesObjects(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<SecretValues> secret(String namespace, String name) {
    return read(namespace, name)
        .map(secret ->
            new SecretValues(name, orEmpty(secret.getMetadata().getLabels()), decoded(secret)));
  }

  @Override
  public Optional<String> secretValue(String namespace, String name, String key) {
    return read(namespace, name)
        .map(secret -> orEmpty(secret.getData()).get(key))
        .map(KubernetesObjects::decode);
  }

  @Override
  public Optional<String> configMapValue(String namespace, String name, String key) {
    ConfigMap map = client.configMaps().inNamespace(namespace).withName(name).get();
    return Optional.ofNullable(map).map(present -> orEmpty(present.getData()).get(key));
  }

  private Optional<Secret> read(String namespace, String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
  }

  private static Map<String, String> decoded(Secret secret) {
    Map<String, String> values = new HashMap<>();
    orEmpty(secret.getData()).forEach((key, value) -> values.put(key, decode(value)));
    return values;
  }

  private static String decode(String value) {
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
