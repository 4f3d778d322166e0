package dev.parley.hub.guard;

import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Installs the guards before the first test is even looked for. After the last it sweeps for leaks
 * once more and ends the JVM with a failure if anything was found that no test reported: the
 * platform has no other way for a session to fail.
 */
public final class RunGuard implements LauncherSessionListener {

  private static final int EXIT_FOUND = 86;
  private static final int LAST_ROUNDS = 5;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    LeakGuard.install();
    BlockingGuard.install();
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    int[] rounds = {0};
    try {
      LeakGuard.sweep(() -> rounds[0]++ >= LAST_ROUNDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<String> found = Findings.all();
    if (!found.isEmpty()) {
      System.err.println("The guards of the run found " + found.size() + ":");
      found.forEach(System.err::println);
      System.err.flush();
      Runtime.getRuntime().halt(EXIT_FOUND);
    }
  }
}
