package dev.pgtrickle.operator.configuration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;

/** Makes what all others are given. */
@Singleton
public final class Configuration {

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  OperatorIdentity identity(OperatorSettings settings) {
    return new OperatorIdentity(
        settings.identity().orElseGet(Configuration::hostName), settings.namespace());
  }

  /** In a pod this is the pod's name. */
  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "pgtrickle-operator-" + ProcessHandle.current().pid();
    }
  }
}
