package dev.parley.hub.app;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Waits for SIGTERM or SIGINT. The first asks the program to stop in order; the second ends it at
 * once, for whoever does not want to wait until streams are drained.
 */
final class StopSignal {

  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final AtomicInteger count = new AtomicInteger();

  private StopSignal() {}

  /** Takes over both signals of this process. */
  static StopSignal install() {
    StopSignal stop = new StopSignal();
    try {
      stop.handle("TERM", 143);
      stop.handle("INT", 130);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // No such signals here: the machine's own way of ending a program still runs the hook.
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop.arrived(0)));
    }
    return stop;
  }

  /**
   * By reflection, as the compiler refuses the name: the JDK has no other way to hear a second
   * signal while it stops.
   */
  @SuppressWarnings("ReferenceEquality") // to ask the proxy would be to ask oneself for ever
  private void handle(String name, int exitCode) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object ours =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "handle" -> arrived(exitCode);
                  case "equals" -> arguments != null && proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> "stop signal";
                });
    Method handle = signal.getMethod("handle", signal, handler);
    handle.invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
  }

  private @Nullable Object arrived(int exitCode) {
    if (count.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(exitCode);
    }
    asked.complete(null);
    return null;
  }

  /** Completes at the first signal. */
  CompletableFuture<Void> whenAsked() {
    return asked.copy();
  }

  void await() throws InterruptedException {
    try {
      asked.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails this", e);
    }
  }
}
