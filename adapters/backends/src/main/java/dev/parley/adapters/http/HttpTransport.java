package dev.parley.adapters.http;

import com.linecorp.armeria.client.ClientFactoryBuilder;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.TlsFiles;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Opens connections to backends on the event loops that the hub serves its callers with. */
public final class HttpTransport {

  private final EventLoopGroup loops;
  private final Consumer<ClientFactoryBuilder> more;
  private final BiFunction<String, TlsFiles, LiveTls> tls;

  public HttpTransport(EventLoopGroup loops) {
    this(loops, _ -> {}, HttpTransport::unfollowed);
  }

  /**
   * @param more what else is set for every client, such as whom it trusts
   */
  HttpTransport(EventLoopGroup loops, Consumer<ClientFactoryBuilder> more) {
    this(loops, more, HttpTransport::unfollowed);
  }

  /**
   * @param tls opens a backend's files for TLS, by its id; whoever asked closes it
   */
  public HttpTransport(EventLoopGroup loops, BiFunction<String, TlsFiles, LiveTls> tls) {
    this(loops, _ -> {}, tls);
  }

  private HttpTransport(
      EventLoopGroup loops,
      Consumer<ClientFactoryBuilder> more,
      BiFunction<String, TlsFiles, LiveTls> tls) {
    this.loops = loops;
    this.more = more;
    this.tls = tls;
    Boundaries.prepare();
  }

  /** What the files hold now is what counts for good. */
  private static LiveTls unfollowed(String id, TlsFiles files) {
    LiveTls live = new LiveTls(files);
    try {
      var _ = live.reload();
    } catch (TlsFilesException e) {
      throw new IllegalArgumentException("backend " + id + ": " + e.getMessage(), e);
    }
    return live;
  }

  /** The loop that runs this thread, else the next one: where a call that begins now is heard. */
  public EventLoop loop() {
    return SameLoopScheduler.current(loops);
  }

  /** Makes a client for one backend; connects when the first call is made. */
  public BackendClient open(BackendSpec spec) {
    return new BackendClient(
        spec,
        loops,
        more.andThen(connections ->
            spec.tls().ifPresent(files -> connections.tlsProvider(tls.apply(spec.id(), files)))));
  }
}
