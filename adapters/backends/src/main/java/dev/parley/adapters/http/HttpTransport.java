package dev.parley.adapters.http;

import com.linecorp.armeria.client.ClientFactoryBuilder;
import dev.parley.core.spi.BackendSpec;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.function.Consumer;

/** Opens connections to backends on the event loops that the hub serves its callers with. */
public final class HttpTransport {

  private final EventLoopGroup loops;
  private final Consumer<ClientFactoryBuilder> more;

  public HttpTransport(EventLoopGroup loops) {
    this(loops, _ -> {});
  }

  /**
   * @param more what else is set for every client, such as whom it trusts
   */
  HttpTransport(EventLoopGroup loops, Consumer<ClientFactoryBuilder> more) {
    this.loops = loops;
    this.more = more;
    Boundaries.prepare();
  }

  /** The loop that runs this thread, else the next one: where a call that begins now is heard. */
  public EventLoop loop() {
    return SameLoopScheduler.current(loops);
  }

  /** Makes a client for one backend; connects when the first call is made. */
  public BackendClient open(BackendSpec spec) {
    return new BackendClient(spec, loops, more);
  }
}
