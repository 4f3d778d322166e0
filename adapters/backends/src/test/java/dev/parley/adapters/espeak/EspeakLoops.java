package dev.parley.adapters.espeak;

import dev.parley.adapters.contract.Calls;
import dev.parley.core.spi.Backend;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.URI;

/** Opens the adapter with another program than the one on the path. */
final class EspeakLoops {

  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private EspeakLoops() {}

  static EspeakBackend backend(Program program) {
    try (Backend usual = Calls.open("espeak-ng", URI.create("local:espeak-ng"))) {
      return new EspeakBackend(usual.spec(), LOOPS::next, program);
    }
  }
}
