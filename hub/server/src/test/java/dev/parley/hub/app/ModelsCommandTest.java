package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.core.time.Clock;
import dev.parley.hub.media.model.FetchPatience;
import dev.parley.hub.media.model.ModelArchive;
import dev.parley.hub.media.model.ModelCatalogue;
import dev.parley.hub.media.model.ModelFile;
import dev.parley.hub.media.model.ModelPack;
import dev.parley.hub.media.model.PublisherServer;
import dev.parley.hub.media.model.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelsCommandTest {

  private static final FetchPatience PATIENCE =
      new FetchPatience(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(40),
          2,
          Duration.ofMillis(1));
  private static final byte[] SMALL = "a small model".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LARGE = new byte[1_500_000];

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private PublisherServer server;
  private ModelsCommand command;

  @BeforeEach
  void publish() throws IOException {
    server = new PublisherServer();
    byte[] packed = new TarWriter().file("x/small", SMALL).gzip();
    server.publish("/large", LARGE);
    server.publish("/packed", packed);
    server.on("/gone", exchange -> exchange.sendResponseHeaders(404, -1));
    ModelFile large = server.file("large", "/large", LARGE);
    ModelFile gone = server.file("gone", "/gone", SMALL);
    ModelFile small = server.file("small", "/packed", SMALL);
    command =
        new ModelsCommand(
            new ModelCatalogue(
                List.of(
                    pack("finder", "finds speech", List.of(large), Optional.empty(), ""),
                    pack(
                        "cleaner",
                        "takes noise away",
                        List.of(small),
                        Optional.of(
                            new ModelArchive(
                                server.file("archive", "/packed", packed),
                                Map.of("small", "x/small"))),
                        "nobody said so of the weights"),
                    pack("lost", "is lost", List.of(large, gone), Optional.empty(), ""))),
            PATIENCE);
  }

  private static ModelPack pack(
      String name,
      String summary,
      List<ModelFile> files,
      Optional<ModelArchive> archive,
      String note) {
    return new ModelPack(name, summary, files, archive, note);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int models(String... args) throws Exception {
    out.reset();
    err.reset();
    Shell shell =
        new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment::get,
            folder,
            Clock.system());
    Arguments arguments = Arguments.parse(List.of(args), command.options(), command.wordsMax());
    return command.run(arguments, shell);
  }

  private String refusal(String... args) {
    UsageException refusal = catchThrowableOfType(UsageException.class, () -> models(args));
    assertThat(refusal).isNotNull();
    return String.valueOf(refusal.getMessage());
  }

  private static List<String> lines(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void tellsWhatIsHereAndWhatToTypeForTheRest() throws Exception {
    assertThat(models("local")).isEqualTo(Exit.FINE);
    assertThat(lines(out))
        .containsExactly(
            "NAME     STATE    SIZE    LICENCE          WHAT",
            "finder   missing  1.5 MB  MIT              finds speech",
            "cleaner  missing  0.0 MB  MIT (see fetch)  takes noise away",
            "lost     missing  1.5 MB  MIT              is lost");
    assertThat(lines(err))
        .containsExactly(
            "in " + folder.resolve("data/models"),
            "to fetch what is not here: parley models fetch finder cleaner lost");
    assertThat(models("fetch", "finder")).isEqualTo(Exit.FINE);
    assertThat(models("local")).isEqualTo(Exit.FINE);
    assertThat(lines(out).get(1)).startsWith("finder   here        1.5 MB");
    assertThat(lines(out).get(3)).startsWith("lost     incomplete  1.5 MB");
    assertThat(lines(err).getLast()).endsWith("parley models fetch cleaner lost");
  }

  @Test
  void fetchesWhatIsNamedAndShowsHowFarItIs() throws Exception {
    assertThat(models("fetch", "finder", "finder")).isEqualTo(Exit.FINE);
    assertThat(lines(out)).containsExactly("finder: fetched 1 file, 1.5 MB");
    assertThat(lines(err).getFirst()).isEqualTo("finder: licence MIT");
    assertThat(lines(err)).contains("  large 100 % of 1.5 MB");
    assertThat(lines(err).getLast()).isEqualTo("in " + folder.resolve("data/models"));
    assertThat(folder.resolve("data/models/test/large.onnx")).hasBinaryContent(LARGE);
    assertThat(models("fetch", "finder")).isEqualTo(Exit.FINE);
    assertThat(lines(out)).containsExactly("finder: already here");
  }

  @Test
  void saysWhatIsKnownOfTheLicenceBeforeItFetches() throws Exception {
    assertThat(models("fetch", "cleaner")).isEqualTo(Exit.FINE);
    assertThat(lines(err).getFirst())
        .isEqualTo("cleaner: licence MIT; nobody said so of the weights");
    assertThat(folder.resolve("data/models/test/small.onnx")).hasBinaryContent(SMALL);
  }

  @Test
  void fetchesAllAndFailsWhenOneCannotBeHad() throws Exception {
    assertThat(models("fetch", "--all")).isEqualTo(Exit.FAILED);
    assertThat(lines(out))
        .containsExactly("finder: fetched 1 file, 1.5 MB", "cleaner: fetched 1 file, 0.0 MB");
    assertThat(lines(err))
        .contains("gone was not fetched: it answers with status 404")
        .contains("  by hand: fetch " + server.address("/gone"))
        .endsWith("1 model of 3 not fetched");
  }

  @Test
  void failsWhereSomethingIsDamaged() throws Exception {
    models("fetch", "finder");
    Path file = folder.resolve("data/models/test/large.onnx");
    Files.writeString(file, "no model");
    assertThat(models("local")).isEqualTo(Exit.FAILED);
    assertThat(lines(out).get(1)).startsWith("finder   damaged");
    assertThat(lines(err))
        .contains("damaged: " + file + ": found 8 bytes (expected: 1500000 bytes)")
        .filteredOn(line -> line.startsWith("damaged"))
        .hasSize(1);
    assertThat(models("fetch", "finder")).isEqualTo(Exit.FINE);
    assertThat(models("local")).isEqualTo(Exit.FINE);
  }

  @Test
  void looksInTheFolderThatIsNamed() throws Exception {
    models("local", "--data", "elsewhere");
    assertThat(lines(err)).contains("in " + folder.resolve("elsewhere/models"));
    environment.put("PARLEY_DATA", "/from/environment");
    models("local");
    assertThat(lines(err)).contains("in /from/environment/models");
    environment.put("PARLEY_MODELS", "shared");
    models("local", "--data", "elsewhere");
    assertThat(lines(err)).contains("in " + folder.resolve("shared"));
    models("fetch", "--models", "named", "cleaner");
    assertThat(folder.resolve("named/test/small.onnx")).exists();
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThat(refusal("fetsh", "finder"))
        .isEqualTo("unknown word \"fetsh\"; did you mean fetch? (known: fetch, local)");
    assertThat(refusal("fetch", "finderr"))
        .isEqualTo(
            "unknown model \"finderr\"; did you mean finder? (known: cleaner, finder, lost)");
    assertThat(refusal("fetch"))
        .isEqualTo("models fetch takes names or --all (names: finder, cleaner, lost)");
    assertThat(refusal("fetch", "finder", "--all")).contains("names or --all");
    assertThat(refusal("local", "finder")).isEqualTo("unexpected word \"finder\"");
    assertThat(refusal("local", "--all")).isEqualTo("--all does not go with models local");
    assertThat(refusal("fetch", "finder", "--task", "chat"))
        .isEqualTo("--task does not go with models fetch");
    assertThat(refusal("--data", "x")).isEqualTo("--data does not go with models");
  }

  @Test
  void writesOverOneLineOnATerminal() {
    ModelFile file = server.file("large", "/large", LARGE);
    FetchLines lines = new FetchLines(new PrintStream(err, true, StandardCharsets.UTF_8), true);
    lines.at(file, 150_000);
    lines.at(file, 1_500_000);
    lines.end();
    String text = err.toString(StandardCharsets.UTF_8);
    assertThat(text.lines().filter(line -> !line.isEmpty()).map(String::strip))
        .containsExactly("large  10 % of 1.5 MB", "large 100 % of 1.5 MB");
    assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(1);
  }

  @Test
  void writesALineForEveryTenthElsewhere() {
    ModelFile file = server.file("large", "/large", LARGE);
    FetchLines lines = new FetchLines(new PrintStream(err, true, StandardCharsets.UTF_8), false);
    for (long bytes = 0; bytes <= 1_500_000; bytes += 15_000) {
      lines.at(file, bytes);
    }
    lines.end();
    assertThat(lines(err)).hasSize(11).endsWith("  large 100 % of 1.5 MB");
  }
}
