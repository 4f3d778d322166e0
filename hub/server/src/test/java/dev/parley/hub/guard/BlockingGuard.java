package dev.parley.hub.guard;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Arrays;
import java.util.stream.Collectors;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/**
 * Notes every blocking call on an event loop, and lets it fail. Netty and Armeria bring the lists
 * of what their own loops may do; here is what the logging of a test run and class loading need
 * besides.
 */
final class BlockingGuard {

  private static final int FRAMES_SHOWN = 40;

  private BlockingGuard() {}

  static void install() {
    BlockHound.builder()
        .loadIntegrations()
        .nonBlockingThreadPredicate(known ->
            known.or(thread -> thread instanceof FastThreadLocalThread loop && isLoop(loop)))
        // Tests write to the console at once; the program's own call log hands lines over.
        .allowBlockingCallsInside("ch.qos.logback.core.OutputStreamAppender", "append")
        .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
        // The first use of a class on a loop reads it from its jar.
        .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
        .allowBlockingCallsInside("jdk.internal.loader.BuiltinClassLoader", "loadClass")
        .allowBlockingCallsInside("java.lang.invoke.MethodHandleNatives", "linkCallSite")
        .allowBlockingCallsInside(
            "java.lang.invoke.MethodHandleNatives", "linkMethodHandleConstant")
        .blockingMethodCallback(method -> {
          BlockingOperationError error = new BlockingOperationError(method);
          Findings.add(
              "blocking call on " + Thread.currentThread().getName() + ": " + shown(error));
          throw error;
        })
        .install();
  }

  private static boolean isLoop(FastThreadLocalThread thread) {
    return !thread.permitBlockingCalls();
  }

  private static String shown(Throwable error) {
    return error.getMessage()
        + Arrays.stream(error.getStackTrace())
            .limit(FRAMES_SHOWN)
            .map(frame -> "\n    at " + frame)
            .collect(Collectors.joining());
  }
}
