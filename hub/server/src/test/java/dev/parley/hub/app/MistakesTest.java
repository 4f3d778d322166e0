package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong on the command line, and what they are told. */
@Timeout(60)
class MistakesTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path folder;

  private record Said(int code, String out, String err) {}

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("empty.yaml"), "backends: []\n");
    Files.writeString(folder.resolve("broken.yaml"), "a: [\n");
    Files.writeString(folder.resolve("text.yaml"), "just text\n");
    Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, 0, 7, (byte) 0xfe});
    Files.createDirectory(folder.resolve("folder"));
  }

  private Said say(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            _ -> null,
            folder,
            Clock.system());
    int code = new Main().run(words, shell);
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Said say(String line) {
    return say(List.of(line.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Words and options that nobody knows.
        "upp                              | did you mean up?",
        "benhc                            | did you mean bench?",
        "hlep                             | did you mean help?",
        "--hlep                           | did you mean --help?",
        "imag                             | did you mean image?",
        "help upp                         | did you mean up?",
        "help up check                    | takes one command, not \"check\"",
        "version 3                        | takes nothing, not \"3\"",
        "up --prot 80                     | did you mean --port?",
        "up -p 80                         | unknown option \"-p\"",
        "check --confg empty.yaml         | did you mean --config?",
        "check empty.yaml                 | (expected: options only, such as --config FILE)",
        "models lokal                     | did you mean local?",
        "models --task chta               | did you mean chat?",
        "models fetch silerovad           | did you mean silero-vad?",
        "models local x                   | unexpected word \"x\"",
        "keys crate a                     | did you mean create?",
        "keys create a --budgetday 5      | did you mean --budget-day?",
        "usage --by modl                  | did you mean model?",
        "usage --frm 2026-11-01           | did you mean --from?",
        "route --dryrun                   | did you mean --dry-run?",
        "route --dry-run --capability cht | did you mean chat?",
        "backends --json                  | unknown option \"--json\" (known: --config, --help)",
        // Values that are missing, or none.
        "up --port                        | --port needs a value: --port NUMBER",
        "up --port abc                    | (expected: 0..65535)",
        "up --port 70000                  | (expected: 0..65535)",
        "up --port 1 --port 2             | --port is given twice",
        "up --config none.yaml            | no such file",
        "up --config folder               | cannot be read",
        "up --config broken.yaml          | broken.yaml:2",
        "check --config text.yaml         | (expected: a map of keys)",
        "check --config binary.yaml       | not UTF-8",
        "usage --from yesterday           | (expected: a day, 2026-11-30)",
        "usage --from 2026-02-30          | (expected: a day, 2026-11-30)",
        "usage --from 2026-11-02 --to 2026-11-01 | --from: 2026-11-02 is after 2026-11-01",
        "route --dry-run --audio 5        | (expected: a duration such as 90s)",
        "route --dry-run --size 5Q        | (expected: a size such as 12MiB)",
        "route --dry-run --tokens -1      | (expected: 0..999999999)",
        "route x                          | add --dry-run",
        "keys                             | needs a word: create, list, show, rotate, revoke",
        "keys create                      | needs the name of a key",
        "keys create a,b                  | no commas",
        "keys create a --requests 600     | an amount and a period such as 600/1m",
        "keys create a --requests 0/1m    | the amount within 1..1000000000000",
        "keys create a --tokens 9000000000/1s | at most 1000000 a second",
        "keys create a --streams 0        | (expected: 1..100000)",
        "keys create a --budget-day -1    | (expected: money such as 2.50",
        "keys create a --expires 2020-01-01 | a day to come",
        "keys create a --expires -5d      | a time from now such as 90d",
        "keys create a --role admn        | did you mean 'admin'?",
        "keys create a --capability chatt | did you mean 'chat'?",
        "keys create a --model gp*t       | * at the end only",
        "keys create a --overlap 1h       | goes with parley keys rotate only",
        "keys rotate a --overlap 100d     | 0s to 31d",
      })
  void areNamedWithWhatIsAllowed(String line, String told) {
    Said said = say(line);
    assertThat(said.err()).contains(told).doesNotContain("Exception", "\tat ");
    assertThat(said.err().lines().count()).isLessThanOrEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.code()).isEqualTo(Exit.WRONG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "up --config empty.yaml --port 0 --data empty.yaml | it is a file and no folder",
        "keys create a --data empty.yaml     | it is a file and no folder",
        "keys create a --data empty.yaml/x   | cannot be used",
        "keys list --data empty.yaml         | it is a file and no folder",
        "keys list --data none               | no keys in",
        "keys show a --data folder           | the key 'a' does not exist",
        "usage --data none                   | no ledger in",
        "models local --models empty.yaml    | is a file and no folder",
        "models fetch silero-vad --models empty.yaml | it is a file and no folder",
        "backends --config empty.yaml        | no backends",
        "up --config empty.yaml --host no.such.name.invalid --port 0 | no address, and no name",
      })
  void whatCannotBeDoneIsToldInOneLineToo(String line, String told) {
    Said said = say(line);
    assertThat(said.err()).contains(told).doesNotContain("Exception", "\tat ");
    assertThat(said.code()).isEqualTo(Exit.FAILED);
  }

  @Test
  void tellsOfAPortThatIsInUse() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Said said = say("up --config empty.yaml --port " + other.getLocalPort());
      assertThat(said.err())
          .contains("something listens on 127.0.0.1, port " + other.getLocalPort(), "--port N")
          .doesNotContain("Exception");
      assertThat(said.code()).isEqualTo(Exit.FAILED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "check", "backends", "models", "keys", "route", "usage"})
  void everyCommandTeachesWithAnExample(String command) {
    for (String line : List.of(command + " --help", command + " -h", "help " + command)) {
      Said said = say(line);
      assertThat(said.code()).as(line).isEqualTo(Exit.FINE);
      assertThat(said.out()).contains("\n  parley " + command, "Options:\n", "--help");
      assertThat(said.err()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench", "build", "image"})
  void wordsOfTheLauncherAreTaughtToo(String word) {
    assertThat(say("help " + word).out()).contains("\n  parley " + word);
    assertThat(say("help").out()).contains("\n  " + word + " ");
  }
}
