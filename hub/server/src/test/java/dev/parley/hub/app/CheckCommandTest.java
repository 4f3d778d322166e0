package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

  private static final String BACKEND =
      "backends: [{ id: a, type: openai, base_url: \"http://127.0.0.1:1\" }]\n";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int check(String yaml) throws IOException {
    Files.writeString(folder.resolve("hub.yaml"), yaml);
    Shell shell =
        new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            _ -> null,
            folder,
            Clock.system());
    return new Main().run(List.of("check"), shell);
  }

  private static List<String> lines(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void warnsOfWhatIsHardlyMeantAndIsFine() throws Exception {
    int code =
        check(BACKEND + "models: [{ id: x, targets: [{ backend: a, model: m, weight: 2 }] }]");
    assertThat(code).isEqualTo(Exit.FINE);
    assertThat(lines(err))
        .containsExactly(
            "warning: hub.yaml:2 models[0].targets[0].weight: no effect, as the strategy is priority"
                + " and not weighted");
    assertThat(lines(out))
        .containsExactly("fine: 1 backend, 1 model named, more as the backends tell; 1 warning");
  }

  @Test
  void saysNothingOfWarningsWhereThereAreNone() throws Exception {
    assertThat(check(BACKEND)).isEqualTo(Exit.FINE);
    assertThat(lines(err)).isEmpty();
    assertThat(lines(out))
        .containsExactly("fine: 1 backend, 0 models named, more as the backends tell");
  }

  @Test
  void tellsMistakes() throws Exception {
    assertThat(check(BACKEND + "models: [{ id: x, targets: [{ alias: y }] }]"))
        .isEqualTo(Exit.WRONG);
    assertThat(lines(err))
        .containsExactly(
            "hub.yaml:2 models[0].targets[0].alias: \"y\" (nearest: x; expected: one of x)",
            "1 problem; nothing was started.");
  }
}
