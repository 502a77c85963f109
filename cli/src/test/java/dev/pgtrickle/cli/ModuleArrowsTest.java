package dev.pgtrickle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Which module may know which: the poms must not say more than this map, nor may the classes.
 *
 * <p>A new module gets a line here. Tests of any module may use the testbed.
 */
class ModuleArrowsTest {
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "testbed", Set.of(),
          "testbed-tests", Set.of("testbed"),
          "crds", Set.of(),
          "engine", Set.of(),
          "binding", Set.of("crds", "engine"),
          "cnpg", Set.of("crds"),
          "operator", Set.of("crds", "binding", "cnpg", "engine"),
          "cli", Set.of("crds", "binding", "engine", "testbed"),
          "e2e", Set.of("crds", "binding", "engine", "cli", "operator"));

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.pgtrickle");

  static Set<String> modules() {
    return new TreeSet<>(ARROWS.keySet());
  }

  /** Those with classes of their own: the tests of the testbed are in its packages. */
  static Set<String> packages() {
    Set<String> packages = modules();
    packages.remove("testbed-tests");
    return packages;
  }

  @Test
  void theMapNamesEveryModule() throws Exception {
    assertThat(texts(parse(Path.of("..", "pom.xml")).getDocumentElement(), "module"))
        .containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void thePomDeclaresAllowedModulesOnly(String module) throws Exception {
    Set<String> declared = new HashSet<>();
    var dependencies = parse(Path.of("..", module, "pom.xml")).getElementsByTagName("dependency");
    for (int i = 0; i < dependencies.getLength(); i++) {
      var dependency = (Element) dependencies.item(i);
      String artifact = String.join("", children(dependency, "artifactId"));
      boolean ours = children(dependency, "groupId").contains("dev.pgtrickle");
      boolean testbedInTests =
          artifact.equals("pgtrickle-testbed") && children(dependency, "scope").contains("test");
      if (ours && !testbedInTests) {
        declared.add(artifact.substring("pgtrickle-".length()));
      }
    }
    assertThat(declared).isSubsetOf(ARROWS.getOrDefault(module, Set.of()));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void theClassesUseAllowedModulesOnly(String module) {
    Set<String> others = packages();
    others.remove(module);
    others.removeAll(ARROWS.getOrDefault(module, Set.of()));
    var rule =
        ArchRuleDefinition.noClasses()
            .that()
            .resideInAPackage("dev.pgtrickle." + module + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                others.stream()
                    .map(other -> "dev.pgtrickle." + other + "..")
                    .toArray(String[]::new))
            .allowEmptyShould(true);
    assertThatCode(() -> rule.check(PRODUCT)).doesNotThrowAnyException();
  }

  private static Document parse(Path pom)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
  }

  /** Without what lies deeper, such as the artifacts that a dependency leaves out. */
  private static Set<String> children(Element parent, String tag) {
    Set<String> texts = new HashSet<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child.getNodeName().equals(tag)) {
        texts.add(child.getTextContent().strip());
      }
    }
    return texts;
  }

  private static Set<String> texts(Element parent, String tag) {
    var elements = parent.getElementsByTagName(tag);
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < elements.getLength(); i++) {
      texts.add(elements.item(i).getTextContent().strip());
    }
    return texts;
  }
}
