package dev.parley.hub.guard;

import ch.qos.logback.classic.Logger;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.slf4j.LoggerFactory;

/**
 * Takes the lines of calls off standard output, over which the JVM of the tests talks with whoever
 * runs it. All else is logged as shipped, and tests listen to the lines themselves.
 */
public final class QuietCalls implements LauncherSessionListener {

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (!((Logger) LoggerFactory.getLogger("parley.calls")).detachAppender("CALLS")) {
      throw new IllegalStateException("the shipped log has no appender CALLS any more");
    }
  }
}
