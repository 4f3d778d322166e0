package dev.parley.hub.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the guards are there for, and sees that they notice. */
class GuardsTest {

  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterAll
  static void stop() {
    var _ = LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Test
  void noticesSleepOnAnEventLoop() throws InterruptedException {
    assertNoticed(
        "Thread.sleep",
        () -> {
          Thread.sleep(1);
          return null;
        });
  }

  @Test
  void noticesWaitForAFutureOnAnEventLoop() throws InterruptedException {
    CompletableFuture<Void> never = new CompletableFuture<>();
    assertNoticed("Unsafe.park", () -> never.get(1, TimeUnit.SECONDS));
  }

  @Test
  void noticesFileReadOnAnEventLoop(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("text"), "text");
    assertNoticed(
        "java.io.RandomAccessFile",
        () -> {
          try (var in = new java.io.RandomAccessFile(file.toFile(), "r")) {
            return in.read();
          }
        });
  }

  @Test
  void noticesSocketReadOnAnEventLoop() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      client.setSoTimeout(1_000);
      assertNoticed("ocket", () -> client.getInputStream().read());
    }
  }

  @Test
  void leavesOtherThreadsAlone() throws InterruptedException {
    Thread.sleep(1);
    assertThat(Findings.take(found -> found.startsWith("blocking"))).isEmpty();
  }

  @Test
  void noticesABufferThatIsNeverReleased() throws InterruptedException {
    leak();
    LeakGuard.sweep(() -> Findings.all().stream().anyMatch(GuardsTest::isMine));
    assertThat(Findings.take(GuardsTest::isMine)).isPresent();
  }

  private static boolean isMine(String found) {
    return found.contains("leaked ByteBuf") && found.contains("left behind on purpose");
  }

  private static void leak() {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16);
    buffer.touch("left behind on purpose");
  }

  private static void assertNoticed(String call, Callable<?> blocking) throws InterruptedException {
    try {
      LOOPS.submit(blocking).get();
    } catch (ExecutionException e) {
      // The call was made to fail; what counts is that it was noticed.
      assertThat(e.getCause()).hasMessageContaining("Blocking call!");
    }
    assertThat(Findings.take(found -> found.startsWith("blocking call") && found.contains(call)))
        .as("a finding about %s among %s", call, Findings.all())
        .isPresent();
  }
}
