package dev.parley.hub.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineAppenderTest {

  private final LoggerContext context = new LoggerContext();

  private void append(LineAppender appender, String line) {
    appender.doAppend(
        new LoggingEvent("", context.getLogger("parley.calls"), Level.INFO, line, null, null));
  }

  private static List<String> lines(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void writesEveryLineInOrderBeforeItStops() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineAppender appender = new LineAppender(out);
    appender.setContext(context);
    appender.start();
    List<String> wanted = IntStream.range(0, 5_000).mapToObj(i -> "line " + i).toList();
    wanted.forEach(line -> append(appender, line));
    appender.stop();
    assertThat(lines(out)).isEqualTo(wanted);
  }

  @Test
  void dropsAndTellsWhatATerminalThatHangsCannotTake() {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch writing = new CountDownLatch(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputStream hanging =
        new OutputStream() {
          @Override
          public void write(int b) {
            out.write(b);
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            writing.countDown();
            await(release);
            out.write(bytes, from, length);
          }
        };
    LineAppender appender = new LineAppender(hanging);
    appender.setContext(context);
    appender.start();
    append(appender, "first");
    await(writing);
    IntStream.range(0, 10_000).forEach(i -> append(appender, "line " + i));
    release.countDown();
    appender.stop();
    assertThat(lines(out)).startsWith("first", "line 0").contains("{\"dropped_call_lines\":1808}");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
