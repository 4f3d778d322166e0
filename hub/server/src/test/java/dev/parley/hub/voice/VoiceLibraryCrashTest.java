package dev.parley.hub.voice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.time.Clock;
import dev.parley.hub.media.store.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process that is killed leaves behind. */
@Timeout(120)
class VoiceLibraryCrashTest {

  private static final int KILLS = 16;

  @SuppressWarnings("NullAway.Init") // set before the test
  @TempDir
  Path data;

  /** What was confirmed: the recordings of each voice. */
  private final Map<String, List<String>> voices = new HashMap<>();

  private final Set<String> deleted = new HashSet<>();

  /** Begun and not confirmed: it may be so or not. */
  private final Set<String> open = new HashSet<>();

  @Test
  void hasEverythingThatWasConfirmedAndNothingHalfAfterAKill() throws Exception {
    Random random = new Random(7);
    int confirmed = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      open.clear();
      List<String> lines = killedAfter(2 + random.nextInt(18), kill);
      confirmed += lines.size();
      lines.forEach(this::note);
      check();
    }
    assertThat(confirmed).isGreaterThan(KILLS * 3);
    assertThat(deleted).isNotEmpty();
  }

  private void note(String line) {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "made", "changed" -> {
        voices.put(words[1], List.of(words).subList(2, words.length));
        open.remove(words[1]);
      }
      case "changing", "deleting" -> open.add(words[1]);
      case "deleted" -> {
        voices.remove(words[1]);
        open.remove(words[1]);
        deleted.add(words[1]);
      }
      default -> assertThat(line).isEqualTo("begun");
    }
  }

  private void check() throws IOException {
    try (VoiceLibrary library =
        VoiceLibrary.open(
            Optional.empty(),
            data,
            new HashingExaminer(),
            Clock.system(),
            new Random(1)::nextLong,
            _ -> {})) {
      List<LibraryVoice> there =
          library.list(new VoiceQuery("", VoiceQuery.SIZE_MAX, "")).join().voices();
      Map<String, List<String>> found =
          there.stream().collect(Collectors.toMap(LibraryVoice::id, VoiceLibraryCrashTest::hashes));
      voices.forEach((id, hashes) -> {
        if (!open.contains(id)) {
          assertThat(found).containsEntry(id, hashes);
        }
      });
      assertThat(found.keySet()).doesNotContainAnyElementsOf(deleted);
      Set<String> needed = new HashSet<>();
      for (LibraryVoice voice : there) {
        assertThat(voice.references()).isNotEmpty();
        for (VoiceReference reference : voice.references()) {
          byte[] bytes = Files.readAllBytes(file(reference.sha256()));
          assertThat(Sha256.hex(bytes)).isEqualTo(reference.sha256());
          needed.add(reference.sha256());
        }
      }
      assertThat(files()).isEqualTo(needed);
      // What was being done when the process died is known now, whichever way it went.
      voices.keySet().retainAll(found.keySet());
      voices.putAll(found);
    }
  }

  private static List<String> hashes(LibraryVoice voice) {
    return voice.references().stream().map(VoiceReference::sha256).toList();
  }

  private Path file(String sha256) {
    return data.resolve("voices/audio").resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(data.resolve("voices"))) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".lock"))
          .collect(Collectors.toSet());
    }
  }

  /** What a process said before it was killed, after that many lines. */
  private List<String> killedAfter(int lines, long seed) throws Exception {
    Process process = VoiceProcess.start(data, seed);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < lines; i++) {
        seen.add(String.valueOf(out.readLine()));
      }
      // Unlike that of the process itself, this one leaves its output to be read.
      process.toHandle().destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      // What it said before it died counts, too, but for a line that it did not end.
      String rest = rest(out);
      String whole = rest.substring(0, rest.lastIndexOf('\n') + 1);
      seen.addAll(Arrays.asList(whole.split("\n", -1)));
      seen.removeIf(String::isEmpty);
      return seen;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String rest(BufferedReader out) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] part = new char[4096];
    for (int read = out.read(part); read >= 0; read = out.read(part)) {
      text.append(part, 0, read);
    }
    return text.toString();
  }
}
