package dev.parley.hub.voice;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.time.Clock;
import dev.parley.hub.media.Sound;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A process of its own that makes, changes and deletes voices until it is killed, for tests of what
 * a crash leaves. It prints a line before each step and one when it is confirmed: {@code deleting
 * ID}, {@code made ID SHA256...}, {@code changed ID SHA256...}, {@code deleted ID}.
 */
final class VoiceProcess {

  private static final int THREADS = 3;
  private static final int BYTES_MAX = 40_000;

  private VoiceProcess() {}

  /** Arguments: data directory, seed. */
  public static void main(String[] args) throws Exception {
    VoiceLibrary library =
        VoiceLibrary.open(
            Optional.empty(),
            Path.of(args[0]),
            new HashingExaminer(),
            Clock.system(),
            new SecureRandom()::nextLong,
            _ -> {});
    long seed = Long.parseLong(args[1]);
    say("begun");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String prefix = seed + "-" + i + "-";
      Random random = new Random(seed * THREADS + i);
      threads.add(Thread.startVirtualThread(() -> work(library, random, prefix)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void work(VoiceLibrary library, Random random, String prefix) {
    List<String> own = new ArrayList<>();
    for (int i = 0; ; i++) {
      int step = random.nextInt(4);
      if (step < 2 || own.isEmpty()) {
        NewVoice voice = new NewVoice(prefix + i, references(random, 2), List.of(), Map.of(), "");
        LibraryVoice made = library.create(voice, prefix + i).join();
        own.add(made.id());
        say("made " + shown(made));
      } else if (step == 2) {
        String id = own.get(random.nextInt(own.size()));
        say("changing " + id);
        if (library.get(id).join().references().size() < VoiceRules.REFERENCES_MAX) {
          say("changed " + shown(library.add(id, references(random, 1), "", "").join()));
        }
      } else {
        String id = own.remove(random.nextInt(own.size()));
        say("deleting " + id);
        library.delete(id, "").join();
        say("deleted " + id);
      }
    }
  }

  /** Every fourth recording is one that many voices have. */
  private static List<NewReference> references(Random random, int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> {
          byte[] bytes = new byte[1 + random.nextInt(BYTES_MAX)];
          if (random.nextInt(4) == 0) {
            bytes = new byte[100 + random.nextInt(3)];
          } else {
            random.nextBytes(bytes);
            bytes[0] = 1;
          }
          return new NewReference(Sound.of(bytes, AudioFormat.UNSTATED), "");
        })
        .toList();
  }

  private static String shown(LibraryVoice voice) {
    return voice.id()
        + voice.references().stream()
            .map(reference -> " " + reference.sha256())
            .collect(Collectors.joining());
  }

  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }

  /** That of the tests, without what writes logs, as it takes longer to start than all the rest. */
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(all.split(File.pathSeparator, -1))
        .filter(place -> !place.contains("logback"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Starts one; what it prints is in its output. */
  static Process start(Path data, long seed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            VoiceProcess.class.getName(),
            data.toString(),
            Long.toString(seed))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
