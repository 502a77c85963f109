package dev.pgtrickle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every class of the engine, whatever its package. */
class EngineCodeRulesTest {
  private static final int LONGEST_FILE = 300;
  private static final Path SOURCES = Path.of("src", "main", "java");

  /** The only classes that turn a name or a value into SQL text. */
  private static final Set<String> QUOTING =
      Set.of("Identifier.java", "QualifiedName.java", "SqlText.java");

  /** Methods that may take a boolean, as {@code Class.method}; none is known so far. */
  private static final Set<String> BOOLEAN_PARAMETERS_ALLOWED = Set.of();

  /** A replacement of one quotation mark, as in {@code replace("'", "''")}. */
  private static final Pattern HOME_MADE_QUOTING =
      Pattern.compile("\\.replace(All|First)?\\(\\s*(\"(\\\\\"|')\"|'(\"|\\\\')')\\s*,");

  private static final Pattern SHAPELESS_NAME =
      Pattern.compile("(Utils?|Helpers?|Commons?|Managers?)$");

  private static final JavaClasses ENGINE_CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.pgtrickle.engine");

  @Test
  void onlyIdentifierAndSqlTextQuote() throws Exception {
    List<String> offenders = new ArrayList<>();
    for (Path file : sources()) {
      if (!QUOTING.contains(file.getFileName().toString())
          && HOME_MADE_QUOTING.matcher(Files.readString(file)).find()) {
        offenders.add(file.toString());
      }
    }
    assertThat(offenders).isEmpty();
  }

  @Test
  void theSearchForQuotingFindsTheKnownOnes() throws Exception {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      if (HOME_MADE_QUOTING.matcher(Files.readString(file)).find()) {
        found.add(file.getFileName().toString());
      }
    }
    assertThat(found).contains("Identifier.java", "SqlText.java");
  }

  @Test
  void noFileIsLongerThan300Lines() throws Exception {
    List<String> offenders = new ArrayList<>();
    for (Path file : sources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > LONGEST_FILE) {
        offenders.add(file + ": " + lines + " lines");
      }
    }
    assertThat(offenders).isEmpty();
  }

  @Test
  void namesSayWhatAClassIsFor() {
    assertThat(ENGINE_CLASSES.stream())
        .extracting(JavaClass::getSimpleName)
        .noneMatch(name -> SHAPELESS_NAME.matcher(name).find());
    assertThat(ENGINE_CLASSES.stream())
        .extracting(JavaClass::getPackageName)
        .noneMatch(name -> name.matches(".*\\.(utils?|helpers?|commons?|managers?|misc)(\\..*)?"));
  }

  @Test
  void noMethodTakesABoolean() {
    List<String> offenders =
        ENGINE_CLASSES.stream()
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(EngineCodeRulesTest::takesABoolean)
            .filter(unit -> !isExcepted(unit))
            .map(JavaCodeUnit::getFullName)
            .toList();
    assertThat(offenders).isEmpty();
  }

  @Test
  void noClassHasMutableStaticState() throws Exception {
    List<String> offenders = new ArrayList<>();
    for (JavaClass type : ENGINE_CLASSES) {
      for (JavaField field : type.getFields()) {
        if (field.getModifiers().contains(JavaModifier.STATIC)
            && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
            && !isConstant(field)) {
          offenders.add(field.getFullName());
        }
      }
    }
    assertThat(offenders).isEmpty();
  }

  private static boolean takesABoolean(JavaCodeUnit unit) {
    return unit.getRawParameterTypes().stream()
        .map(JavaClass::getName)
        .anyMatch(name -> name.equals("boolean") || name.equals(Boolean.class.getName()));
  }

  private static boolean isExcepted(JavaCodeUnit unit) {
    return unit.getModifiers().contains(JavaModifier.SYNTHETIC)
        || BOOLEAN_PARAMETERS_ALLOWED.contains(
            unit.getOwner().getSimpleName() + "." + unit.getName())
        // Records of facts: the components of what was read somewhere.
        || (unit instanceof JavaConstructor && unit.getOwner().isRecord())
        || (unit instanceof JavaMethod method && overridesAForeignMethod(method));
  }

  private static boolean overridesAForeignMethod(JavaMethod method) {
    return Stream.concat(
            method.getOwner().getAllRawSuperclasses().stream(),
            method.getOwner().getAllRawInterfaces().stream())
        .filter(type -> !type.getPackageName().startsWith("dev.pgtrickle"))
        .anyMatch(type ->
            type.tryGetMethod(
                    method.getName(),
                    method.getRawParameterTypes().stream()
                        .map(JavaClass::getName)
                        .toArray(String[]::new))
                .isPresent());
  }

  /** Final, and of a kind that cannot change: collections are asked for, not believed. */
  private static boolean isConstant(JavaField field) throws Exception {
    if (!field.getModifiers().contains(JavaModifier.FINAL) || field.getRawType().isArray()) {
      return false;
    }
    String type = field.getRawType().getName();
    if (type.startsWith("java.util.concurrent.") && !type.endsWith(".TimeUnit")) {
      return false;
    }
    return switch (value(field)) {
      case List<?> list -> same(list, List.copyOf(list));
      case Set<?> set -> same(set, Set.copyOf(set));
      case Map<?, ?> map -> same(map, Map.copyOf(map));
      case Collection<?> other -> false;
      case ThreadLocal<?> local -> false;
      case StringBuilder builder -> false;
      default -> true;
    };
  }

  /** An unmodifiable collection is its own copy, so identity is the question. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(Object one, Object other) {
    return one == other;
  }

  private static Object value(JavaField field) throws Exception {
    Field reflected = field.reflect();
    reflected.setAccessible(true);
    return reflected.get(null);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
