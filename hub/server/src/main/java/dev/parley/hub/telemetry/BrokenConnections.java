package dev.parley.hub.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;

/**
 * Leaves out what the server and the client say of connections that broke, a stack trace each: the
 * calls on them tell it in their own lines, and strangers break as many as they like.
 */
public final class BrokenConnections extends Filter<ILoggingEvent> {

  private static final String TRANSPORT = "com.linecorp.armeria.";

  /** Whether this line says no more than that. */
  public static boolean isToldBy(ILoggingEvent event) {
    return event.getLoggerName().startsWith(TRANSPORT)
        && event.getThrowableProxy() instanceof ThrowableProxy thrown
        && thrown.getThrowable() instanceof IOException;
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return isToldBy(event) ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
