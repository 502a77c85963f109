package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.crds.streamtable.CertificateReference;
import dev.pgtrickle.crds.streamtable.Credentials;
import dev.pgtrickle.crds.streamtable.NamedReference;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which server and database the table lives in, and who we are there. */
final class TargetRules implements Rules {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final Set<String> TEMPLATES = Set.of("template0", "template1");

  @Override
  public void check(StreamTable table, StreamTableSpec spec, Problems problems) {
    checkServer(spec, problems);
    checkDatabase(spec.database(), problems);
    if (spec.schedulePolicyRef() != null) {
      checkReference(SPEC.field("schedulePolicyRef"), spec.schedulePolicyRef(), problems);
    }
    if (spec.bootstrap() != null) {
      checkReference(
          SPEC.field("bootstrap").field("snapshotRef"), spec.bootstrap().snapshotRef(), problems);
    }
    Credentials credentials = spec.credentials();
    if (credentials != null) {
      checkCredentials(spec, credentials, problems);
    }
  }

  private static void checkServer(StreamTableSpec spec, Problems problems) {
    if (spec.cluster() == null && spec.connection() == null) {
      problems.invalid(
          SPEC.field("cluster"),
          "neither cluster nor connection is set",
          "set exactly one of cluster or connection");
    }
    if (spec.cluster() != null) {
      KubernetesNames.check(SPEC.field("cluster").field("name"), spec.cluster().name(), problems);
    }
    if (spec.connection() != null) {
      FieldPath path = SPEC.field("connection");
      if (spec.cluster() != null) {
        problems.invalid(path, "cluster is set too", "set exactly one of cluster or connection");
      }
      checkReference(path.field("secretRef"), spec.connection().secretRef(), problems);
    }
  }

  private static void checkDatabase(@Nullable String database, Problems problems) {
    FieldPath path = SPEC.field("database");
    if (database == null) {
      problems.invalid(path, "the database is missing", "write the database's name");
    } else if (PostgresNames.check(path, database, problems) && TEMPLATES.contains(database)) {
      problems.invalid(
          path, "template0 and template1 can't hold stream tables", "choose another database");
    }
  }

  private static void checkCredentials(
      StreamTableSpec spec, Credentials credentials, Problems problems) {
    FieldPath path = SPEC.field("credentials");
    if (spec.connection() != null) {
      problems.invalid(path, "connection carries its own credentials", "remove credentials");
    }
    if (credentials.secretRef() != null) {
      checkReference(path.field("secretRef"), credentials.secretRef(), problems);
    }
    CertificateReference authority = credentials.caRef();
    if (authority != null) {
      FieldPath authorityPath = path.field("caRef");
      if (authority.kind() == null) {
        problems.invalid(
            authorityPath.field("kind"), "the kind is missing", "write ConfigMap or Secret");
      }
      KubernetesNames.check(authorityPath.field("name"), authority.name(), problems);
      if (authority.key() != null) {
        KubernetesNames.checkKey(authorityPath.field("key"), authority.key(), problems);
      }
    }
  }

  private static void checkReference(
      FieldPath path, @Nullable NamedReference reference, Problems problems) {
    KubernetesNames.check(
        path.field("name"), reference == null ? null : reference.name(), problems);
  }
}
