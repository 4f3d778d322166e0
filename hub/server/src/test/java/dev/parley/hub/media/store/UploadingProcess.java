package dev.parley.hub.media.store;

import dev.parley.core.time.Clock;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process of its own that uploads until it is killed, for tests of what a crash leaves. Each line
 * that it prints tells one step; {@code stored NAME SHA256 SIZE} comes when a commit has returned.
 */
final class UploadingProcess {

  private static final int THREADS = 3;

  private UploadingProcess() {}

  /** Arguments: data directory, seed, largest upload in bytes, number of uploads or 0. */
  public static void main(String[] args) throws Exception {
    MediaStore store = MediaStore.open(Path.of(args[0]), MediaLimits.DEFAULT, Clock.system());
    long seed = Long.parseLong(args[1]);
    int bytesMax = Integer.parseInt(args[2]);
    int uploads = Integer.parseInt(args[3]);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed * THREADS + i);
      threads.add(Thread.startVirtualThread(() -> upload(store, random, bytesMax, uploads)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    store.close();
  }

  private static void upload(MediaStore store, Random random, int bytesMax, int uploads) {
    byte[] piece = new byte[64 * 1024];
    random.nextBytes(piece);
    for (int i = 0; uploads == 0 || i < uploads; i++) {
      int left = uploads == 0 ? random.nextInt(bytesMax) : bytesMax;
      try (MediaUpload upload = store.begin()) {
        say("begun");
        while (left > 0) {
          int length = Math.min(left, piece.length);
          random.nextBytes(piece);
          upload.write(ByteBuffer.wrap(piece, 0, length));
          left -= length;
          say("wrote");
        }
        MediaItem item = upload.commit(StoredFormat.UNKNOWN, 0);
        say("stored " + item.name() + " " + item.sha256() + " " + item.sizeBytes());
      }
      say("ended");
    }
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
  static Process start(Path data, long seed, int bytesMax, int uploads, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xshare:auto");
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(classPath());
    command.add(UploadingProcess.class.getName());
    command.addAll(
        List.of(
            data.toString(),
            Long.toString(seed),
            Integer.toString(bytesMax),
            Integer.toString(uploads)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
