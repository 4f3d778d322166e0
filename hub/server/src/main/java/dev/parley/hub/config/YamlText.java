package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML text to a graph of nodes that know their lines. Nothing is ever bound by reflection. */
final class YamlText {

  static final int BYTES_MAX = 1 << 20;

  private static final int DEPTH_MAX = 32;
  private static final int ALIASES_MAX = 100;
  private static final int EXPANDED_NODES_MAX = 200_000;
  private static final int MESSAGE_CHARS_MAX = 120;
  private static final Pattern NAMES =
      Pattern.compile(
          "(undefined alias|tag handle|hexadecimal numbers|version|in UTF-8).*", Pattern.DOTALL);
  private static final String ALLOWED = "a YAML document";

  private YamlText() {}

  /** The document's root; empty when there is none, or when a problem was reported. */
  static Optional<Node> root(Reading reading, String text) {
    if (text.length() > BYTES_MAX) {
      reading.problem(
          0, "", "more than " + SizeText.format(BYTES_MAX), "a file of at most that size");
      return Optional.empty();
    }
    try {
      Optional<Node> root = compose(text);
      if (root.isEmpty()) {
        reading.problem(0, "", "an empty document", "server, backends, models or defaults");
      }
      return root.filter(node -> isBounded(reading, node));
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      String column = mark.map(m -> "column " + (m.getColumn() + 1) + ": ").orElse("");
      String found = column + withoutNames(e.getProblem());
      reading.problem(mark.map(m -> m.getLine() + 1).orElse(0), "", found, ALLOWED);
    } catch (RuntimeException e) {
      // Unprintable characters, and whatever else the library's scanner stumbles over: a file must
      // never be able to end the hub.
      reading.problem(0, "", "characters that YAML does not allow", ALLOWED);
    }
    return Optional.empty();
  }

  /**
   * An unquoted password that starts with {@code *} or {@code !} is taken for an alias or a tag,
   * and the library's message would name it.
   */
  private static String withoutNames(@Nullable String message) {
    String safe = message == null ? "" : NAMES.matcher(message).replaceFirst("$1");
    return Shown.escaped(safe.strip(), MESSAGE_CHARS_MAX);
  }

  private static Optional<Node> compose(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setUseMarks(true)
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(ALIASES_MAX)
            .setCodePointLimit(BYTES_MAX)
            .build();
    ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
    return new Composer(settings, new NestingBoundParser(parser, DEPTH_MAX)).getSingleNode();
  }

  /** Aliases make a graph of the tree: it must have no loop and not grow huge when walked. */
  private static boolean isBounded(Reading reading, Node root) {
    NodeGraph.Fault fault = NodeGraph.check(root, DEPTH_MAX, EXPANDED_NODES_MAX);
    return switch (fault) {
      case NodeGraph.Fault.None() -> true;
      case NodeGraph.Fault.Loop(int line) -> {
        reading.problem(line, "", "an alias inside its own anchor", "aliases without loops");
        yield false;
      }
      case NodeGraph.Fault.TooLarge(int line) -> {
        reading.problem(line, "", "aliases that expand too far", "fewer or smaller aliases");
        yield false;
      }
    };
  }
}
