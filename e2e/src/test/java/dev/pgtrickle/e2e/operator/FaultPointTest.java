package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.e2e.program.Shipped;
import dev.pgtrickle.engine.lifecycle.LifecyclePoint;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A boundary that somebody adds to the engine is one where the operator gets killed. */
class FaultPointTest {
  /** Passed only after somebody else changed something; the engine's own KillTest dies there. */
  private static final Set<LifecyclePoint> WITHOUT_A_USER = EnumSet.of(LifecyclePoint.REPAIRED);

  @Test
  void everyBoundaryOfTheEngineIsAFaultPoint() {
    Set<LifecyclePoint> killed =
        FaultPoint.all().stream()
            .flatMap(point -> point.argument().stream())
            .map(LifecyclePoint::valueOf)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(LifecyclePoint.class)));
    assertThat(killed)
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(WITHOUT_A_USER)));
  }

  /** A method that got another name would never be reached, which only a long run notices. */
  @Test
  void thePlacesAreInTheOperatorAsItIsShipped() throws IOException {
    try (var shipped = new URLClassLoader(jars().toArray(URL[]::new))) {
      for (FaultPoint point : FaultPoint.all()) {
        assertThat(methods(shipped, point.className()))
            .as(point.toString())
            .anyMatch(method -> method.startsWith(point.methodName()));
      }
    }
  }

  private static List<URL> jars() throws IOException {
    Path shipped = Objects.requireNonNull(Shipped.OPERATOR.getParent());
    List<URL> jars = new ArrayList<>();
    for (Path folder : List.of(shipped.resolve("app"), shipped.resolve("lib").resolve("main"))) {
      try (var files = Files.newDirectoryStream(folder, "*pgtrickle-*.jar")) {
        for (Path jar : files) {
          jars.add(jar.toUri().toURL());
        }
      }
    }
    return jars;
  }

  private static List<String> methods(URLClassLoader shipped, String className) throws IOException {
    URL found = shipped.findResource(className.replace('.', '/') + ".class");
    assertThat(found).as(className).isNotNull();
    try (var bytes = found.openStream()) {
      ClassModel model = ClassFile.of().parse(bytes.readAllBytes());
      return model.methods().stream().map(method -> method.methodName().stringValue()).toList();
    }
  }

  @Test
  void noneIsThereTwice() {
    assertThat(FaultPoint.all()).doesNotHaveDuplicates().hasSizeGreaterThan(30);
  }
}
