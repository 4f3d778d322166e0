package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever a file holds, reading it ends with a configuration or with problems of one line each.
 */
class ConfigPropertyTest {

  private static final String VALID = example();

  @Property(tries = 1_000)
  void anyTextIsReadOrRefused(@ForAll("yamlish") String text) {
    readsOrRefuses(text);
  }

  @Property(tries = 1_000)
  void anyMutationIsReadOrRefused(
      @ForAll("places") List<Integer> places, @ForAll("yamlish") String piece) {
    StringBuilder text = new StringBuilder(VALID);
    for (int place : places) {
      // A text that was cut down to nothing grows again from its start.
      int at = place % Math.max(text.length(), 1);
      switch (place % 4) {
        case 0 -> text.delete(at, at + 1);
        case 1 -> text.insert(at, piece);
        case 2 -> text.insert(at, text.substring(at, Math.min(at + 40, text.length())));
        default -> text.setLength(Math.max(at, 1));
      }
    }
    readsOrRefuses(text.toString());
  }

  private static void readsOrRefuses(String text) {
    try {
      HubConfig config =
          ConfigReader.parse(text, "hub.yaml", Configs.EXAMPLE_TYPES, name -> "hunter2 " + name);
      assertThat(ConfigPrinter.lines(config)).allMatch(ConfigPropertyTest::isOneLine);
      assertThat(RouteAdvice.of(config))
          .extracting(Advice::toString)
          .allMatch(ConfigPropertyTest::isOneLine);
    } catch (ConfigException e) {
      assertThat(e.problems()).isNotEmpty();
      assertThat(e.problems())
          .extracting(Problem::toString)
          .allMatch(ConfigPropertyTest::isOneLine)
          .noneMatch(line -> line.contains("hunter2"));
    }
  }

  private static boolean isOneLine(String line) {
    return line.chars().noneMatch(Character::isISOControl);
  }

  @Provide
  Arbitrary<String> yamlish() {
    Arbitrary<String> words =
        Arbitraries.of(
            "backends",
            "server",
            "models",
            "id",
            "auth",
            "scheme: ",
            "type: vllm",
            ": ",
            "- ",
            "\n",
            "  ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\"",
            "'",
            "&a ",
            "*a",
            "!!set ",
            "!x ",
            "? ",
            "|",
            ">",
            "%YAML 1.2\n",
            "---\n",
            "...\n",
            "#",
            "${A}",
            "${",
            "$${",
            "\t",
            "\0",
            "null",
            "1",
            "\uD83D",
            "\u2028",
            "<<: ",
            "\uFEFF");
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, words),
            net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(4)))
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<Integer>> places() {
    return Arbitraries.integers().between(0, 1_000_000).list().ofMinSize(1).ofMaxSize(4);
  }

  private static String example() {
    try {
      return Files.readString(Path.of("src/main/config/hub.example.yaml"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
