package dev.pgtrickle.binding.manifest;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.problem.LocatedProblem;
import dev.pgtrickle.binding.problem.Place;
import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TextPosition;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Cuts a file into its documents. JSON is read too, being YAML. */
final class YamlParser {

  /** The documents before the first syntax error, and that error. */
  record Parsed(List<YamlDocument> documents, List<LocatedProblem> problems) {}

  Parsed parse(String file, String text) {
    List<YamlDocument> documents = new ArrayList<>();
    List<LocatedProblem> problems = new ArrayList<>();
    try {
      Iterator<Node> nodes =
          new Yaml(new LoaderOptions()).composeAll(new StringReader(text)).iterator();
      while (nodes.hasNext()) {
        YamlTree tree = new YamlTree(file);
        YamlDocument document = tree.convert(nodes.next());
        problems.addAll(tree.problems());
        if (!document.root().isNull()) {
          documents.add(document);
        }
      }
    } catch (MarkedYAMLException failure) {
      problems.add(syntaxError(file, positionOf(failure.getProblemMark()), failure.getProblem()));
    } catch (YAMLException failure) {
      problems.add(syntaxError(file, new TextPosition(1, 1), String.valueOf(failure.getMessage())));
    }
    return new Parsed(documents, problems);
  }

  static TextPosition positionOf(Mark mark) {
    return new TextPosition(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static LocatedProblem syntaxError(String file, TextPosition position, String said) {
    String what = "not YAML: " + said.lines().findFirst().orElse("unreadable");
    return new LocatedProblem(
        new Place(file, position),
        new Problem(
            ErrorCode.INVALID_MANIFEST, FieldPath.ROOT, what, "correct the text at this place"));
  }
}
