package dev.parley.hub.bench.proxy;

import dev.parley.hub.bench.process.Servers;
import io.netty.channel.epoll.Epoll;
import java.util.List;

/** What the figures depend on besides the code. */
final class MachineFacts {

  private MachineFacts() {}

  static List<String> lines(long epochMillis, boolean nginx, ProxyOptions options) {
    Runtime runtime = Runtime.getRuntime();
    return List.of(
        "epoch_ms: " + epochMillis,
        "cores: " + runtime.availableProcessors(),
        "kernel: " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
        "jdk: " + Runtime.version() + " " + System.getProperty("java.vm.vendor"),
        "hub options: " + String.join(" ", Servers.hubOptions()),
        "generator and backend: one event loop each, " + (Epoll.isAvailable() ? "epoll" : "nio"),
        "nginx: " + (nginx ? "1 worker, access log on" : "not installed, left out"),
        "rounds: "
            + options.rounds()
            + " of "
            + options.cell().toSeconds()
            + " s a cell"
            + (options.quick() ? ", quick: hardly warm, not for comparison" : ""));
  }
}
