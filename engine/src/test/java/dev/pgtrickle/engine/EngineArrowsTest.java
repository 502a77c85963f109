package dev.pgtrickle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package of the engine may know which: only those that stand above it in the list. */
class EngineArrowsTest {
  private static final String ENGINE = "dev.pgtrickle.engine";

  /** A new package gets its place here. */
  private static final List<String> ORDER =
      List.of(
          "error",
          "postgres",
          "relations",
          "definition",
          "source",
          "algebra",
          "sql",
          "delta",
          "plan",
          "preview",
          "catalog",
          "advisor",
          "capture",
          "storage",
          "refresh",
          "verify",
          "lifecycle",
          "schedule",
          "runtime");

  private static final JavaClasses ENGINE_CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ENGINE);

  static List<String> packages() {
    return ORDER;
  }

  @Test
  void theOrderNamesEveryPackage() {
    Set<String> found = new TreeSet<>();
    ENGINE_CLASSES.stream()
        .map(type -> type.getPackageName())
        .filter(name -> !name.equals(ENGINE))
        .map(name -> name.substring(ENGINE.length() + 1).split("\\.", -1)[0])
        .forEach(found::add);
    assertThat(found).hasSizeGreaterThan(5).isSubsetOf(ORDER);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyThoseAboveIt(String name) {
    assertNoArrow(name, ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()));
  }

  @Test
  void captureNeverSeesThePlan() {
    assertNoArrow("capture", List.of("algebra", "sql", "delta", "plan"));
  }

  @Test
  void thePlanNeverSeesCapture() {
    assertNoArrow("plan", List.of("capture", "catalog"));
  }

  /** Nothing that has to be right rests on advice: a program hands it to its previews. */
  @Test
  void nothingInTheEngineAsksTheAdvisor() {
    var rule =
        ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackage(ENGINE + ".advisor..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ENGINE + ".advisor..");
    assertThatCode(() -> rule.check(ENGINE_CLASSES)).doesNotThrowAnyException();
  }

  @Test
  void onlyTheAdvisorKnowsCalcite() {
    var rule =
        ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackage(ENGINE + ".advisor..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.calcite..");
    assertThatCode(() -> rule.check(ENGINE_CLASSES)).doesNotThrowAnyException();
  }

  private static void assertNoArrow(String from, List<String> forbidden) {
    List<String> packages = new ArrayList<>();
    forbidden.forEach(name -> packages.add(ENGINE + "." + name + ".."));
    if (packages.isEmpty()) {
      return;
    }
    var rule =
        ArchRuleDefinition.noClasses()
            .that()
            .resideInAPackage(ENGINE + "." + from + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages.toArray(String[]::new))
            .allowEmptyShould(true);
    assertThatCode(() -> rule.check(ENGINE_CLASSES)).doesNotThrowAnyException();
  }
}
