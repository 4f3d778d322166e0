package dev.parley.hub.app;

import dev.parley.hub.media.model.FetchProgress;
import dev.parley.hub.media.model.ModelFile;
import java.io.PrintStream;

/** Shows how far a download is: on a terminal in one line, elsewhere in a line for every tenth. */
final class FetchLines implements FetchProgress {

  private static final int WIDTH = 72;

  private final PrintStream err;
  private final boolean terminal;
  private String shownOf = "";
  private long tenth;

  FetchLines(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public void at(ModelFile file, long bytes) {
    boolean other = !file.id().equals(shownOf);
    if (other) {
      end();
    }
    long now = bytes * 10 / file.bytes();
    if (terminal || other || now > tenth) {
      show(file, bytes);
    }
    shownOf = file.id();
    tenth = now;
  }

  private void show(ModelFile file, long bytes) {
    String line =
        String.format(
            "  %s %3d %% of %s",
            file.id(), bytes * 100 / file.bytes(), ModelFiles.megabytes(file.bytes()));
    if (terminal) {
      err.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
      err.flush();
    } else {
      err.println(line);
    }
  }

  /** Ends the line that was begun, if one was. */
  void end() {
    if (terminal && !shownOf.isEmpty()) {
      err.println();
    }
    shownOf = "";
    tenth = 0;
  }
}
