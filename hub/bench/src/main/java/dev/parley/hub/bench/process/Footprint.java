package dev.parley.hub.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the hub holds.
 *
 * @param heapKib in use right after a collection; empty where the JDK's tool does not tell
 * @param rssKib resident
 */
public record Footprint(OptionalLong heapKib, long rssKib) {

  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  /** Makes the hub collect its garbage first, which also finds buffers that nobody released. */
  public static Footprint of(Child hub) {
    String _ = jcmd(hub, "GC.run");
    Matcher used = USED.matcher(jcmd(hub, "GC.heap_info"));
    OptionalLong heap =
        used.find() ? OptionalLong.of(Long.parseLong(used.group(1))) : OptionalLong.empty();
    return new Footprint(heap, hub.facts().rssKib());
  }

  private static String jcmd(Child hub, String what) {
    String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(program, Long.toString(hub.pid()), what)
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException _) {
      // A runtime without the tool: the resident memory must do.
      return "";
    }
  }

  @Override
  public String toString() {
    String heap =
        heapKib.isPresent()
            ? String.format(Locale.ROOT, "%.1f MiB of heap, ", heapKib.getAsLong() / 1024.0)
            : "";
    return heap + String.format(Locale.ROOT, "%.0f MiB resident", rssKib / 1024.0);
  }
}
