package dev.parley.adapters.http;

import dev.parley.core.spi.BackendSpec;
import io.netty.channel.EventLoopGroup;

/** Opens connections to backends on the event loops that the hub serves its callers with. */
public final class HttpTransport {

  private final EventLoopGroup loops;

  public HttpTransport(EventLoopGroup loops) {
    this.loops = loops;
  }

  /** Makes a client for one backend; connects when the first call is made. */
  public BackendClient open(BackendSpec spec) {
    return new BackendClient(spec, loops);
  }
}
