package dev.parley.hub.bench.recognize;

import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.process.Footprint;
import dev.parley.hub.bench.sheet.Findings;
import dev.parley.hub.bench.sheet.Goal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of hours that is made while it is sent: how long that takes, and what the hub holds. The
 * heap in use is read right after collections, from the lines that the hub's virtual machine writes
 * about each of them: what lies between them is garbage that nobody asked to have collected.
 */
final class LongFile {

  private static final double GROWTH_MIB_MAX = 128;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int SECONDS_MADE = 60;
  private static final double KIB = 1024;

  /** Such as {@code 41M->23M(64M)}. */
  private static final Pattern COLLECTED = Pattern.compile("Pause .*\\b\\d+M->(\\d+)M\\(\\d+M\\)");

  private final Stage stage;
  private final int megabytes;
  private long failed;

  LongFile(Stage stage, RecognizeOptions options) {
    this.stage = stage;
    this.megabytes = options.uploadMb();
  }

  long failed() {
    return failed;
  }

  void measure(Findings found) {
    String section = "a WAV file of " + megabytes + " MB, 16 kHz";
    Footprint before = Footprint.of(stage.hub());
    long lines = stage.hub().lines().count();
    long cpu = stage.hub().facts().cpuMicros();
    long start = System.nanoTime();
    boolean good = send();
    double seconds = (System.nanoTime() - start) / 1e9;
    failed += good ? 0 : 1;
    double sound = megabytes * 1e6 / Short.BYTES / Mumble.RATE_HZ;
    long cpuUsed = stage.hub().facts().cpuMicros() - cpu;
    double most = most(lines);
    Footprint after = Footprint.of(stage.hub());
    double floor = mib(before);
    Goal growth =
        Goal.atMost(
            section, "most heap after a collection, growth", "MiB", GROWTH_MIB_MAX, Double.NaN);
    found.add(growth, Math.max(most, mib(after)) - floor);
    found.beside(growth, "before", floor);
    found.add(Goal.told(section, "heap held afterwards, growth", "MiB"), mib(after) - floor);
    Goal resident = Goal.told(section, "resident afterwards", "MiB");
    found.add(resident, after.rssKib() / KIB);
    found.beside(resident, "before", before.rssKib() / KIB);
    found.beside(resident, "most ever", stage.hub().facts().peakKib() / KIB);
    Goal wall = Goal.told(section, "wall time", "s");
    found.add(wall, seconds);
    found.beside(wall, "hours of sound", sound / 3600);
    found.add(
        Goal.told(section, "processor time of the hub for a second of sound", "ms"),
        cpuUsed / 1e3 / sound);
  }

  private static double mib(Footprint footprint) {
    return footprint.heapKib().isPresent() ? footprint.heapKib().getAsLong() / KIB : Double.NaN;
  }

  /** In MiB; the first lines are known. */
  private double most(long known) {
    return stage
        .hub()
        .lines()
        .skip(known)
        .map(COLLECTED::matcher)
        .filter(Matcher::find)
        .mapToDouble(line -> Double.parseDouble(line.group(1)))
        .max()
        .orElse(0);
  }

  private boolean send() {
    byte[] minute = Mumble.talk(SECONDS_MADE, 3).sound();
    long size = megabytes * 1_000_000L;
    byte[] before =
        FormRequest.before(
            "/v1/audio/transcriptions",
            Map.of("model", RecognizeConfig.MODEL),
            "long.wav",
            size + Mumble.wavHead(0).length);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.hub().port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(before);
      out.write(Mumble.wavHead(Math.toIntExact(size)));
      for (long sent = 0; sent < size; sent += minute.length) {
        out.write(minute, 0, (int) Math.min(minute.length, size - sent));
      }
      out.write(FormRequest.end());
      out.flush();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String status = in.readLine();
      return status != null && status.startsWith("HTTP/1.1 200");
    } catch (IOException e) {
      throw new BenchFailure("the long file was not taken: " + e.getMessage(), e);
    }
  }
}
